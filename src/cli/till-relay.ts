#!/usr/bin/env node
import { endOnBrokenPipe } from "./broken-pipe.ts";
import { tillRelay } from "./relay/program.ts";

endOnBrokenPipe(process.stdout);
process.exitCode = await tillRelay(process.argv.slice(2));
