#!/usr/bin/env node
import { endOnBrokenPipe } from "./broken-pipe.ts";
import { tillctl } from "./tillctl/program.ts";

endOnBrokenPipe(process.stdout);
process.exitCode = await tillctl(process.argv.slice(2));
