#!/usr/bin/env node
import { tillRelay } from "./relay/program.ts";

await tillRelay(process.argv.slice(2));
