/** The samples are a separate app, so that applying dist/ installs the operator and makes no virtual machine. */
import { samplesApp } from './samples-chart';

samplesApp().synth();
