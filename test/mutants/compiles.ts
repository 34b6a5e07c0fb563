/** Whether a mutant compiles. A mutant that does not can never be shipped, so the types have killed it. */
import path from 'node:path';

export interface Compiler {
  /** Whether the project has no error in this file if it had this source. */
  compiles(file: string, source: string): boolean;
  close(): void;
}

/** The compiler looks at sources in memory; nothing is written. */
export async function startCompiler(root: string): Promise<Compiler> {
  const { API } = await import('typescript/unstable/sync');
  const changed = new Map<string, string>();
  const api = new API({ cwd: root, fs: { readFile: (file) => changed.get(file) } });
  const config = path.join(root, 'tsconfig.json');
  let snapshot = api.updateSnapshot({ openProjects: [config] });
  return {
    compiles: (file, source) => {
      const full = path.join(root, file);
      // The file of the mutant before is as it was.
      const before = [...changed.keys()];
      changed.clear();
      changed.set(full, source);
      const next = api.updateSnapshot({ fileChanges: { changed: [...new Set([...before, full])] } });
      // Else the compiler keeps every version of the project.
      snapshot.dispose();
      snapshot = next;
      const program = snapshot.getProject(config)?.program;
      if (program === undefined) throw new Error(`${config} is no project`);
      return program.getSyntacticDiagnostics(full).length + program.getSemanticDiagnostics(full).length === 0;
    },
    close: () => api.close(),
  };
}
