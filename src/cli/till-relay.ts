#!/usr/bin/env node
import { tillRelay } from "./relay/program.ts";

process.exitCode = await tillRelay(process.argv.slice(2));
