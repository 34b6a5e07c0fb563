#!/usr/bin/env node
/** The kubectl plugin: `kubectl vg` starts the program of this name. It hands its arguments on to vm-operator, beside it. */
import process from 'node:process';
import { argumentsOfPlugin } from './plugin-arguments';

process.argv.splice(2, Number.POSITIVE_INFINITY, ...argumentsOfPlugin(process.argv.slice(2)));
require('./main.js');
