#!/usr/bin/env node
import { tillctl } from "./tillctl/program.ts";

process.exitCode = await tillctl(process.argv.slice(2));
