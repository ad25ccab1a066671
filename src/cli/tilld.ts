#!/usr/bin/env node
import { Command } from "commander";
import { drivers } from "../../drivers/registry.ts";
import { loadConfig } from "../config/load/load-config.ts";
import { tillConfigSchema } from "../config/schema/till-config.ts";
import { createClock } from "../runtime/node/clock.ts";
import { createEntropy } from "../runtime/node/entropy.ts";
import { createLogger } from "../runtime/node/logger.ts";
import { notifySystemd } from "../runtime/node/systemd.ts";
import { createTimers } from "../runtime/node/timers.ts";
import { norway } from "./compose.no.ts";
import { runService } from "./run-service.ts";
import { runTill } from "./till/run-till.ts";
import { VERSION } from "./version.ts";

const HELP = `
It runs until it is told to stop (SIGTERM, SIGINT); systemd starts it on a box.
tillctl speaks to it. Exit codes: 0 stopped when asked, 78 configuration or
files kept it from starting, 1 anything else.`;

const program = new Command("tilld")
	.description("the till service: owns scanner, printer, drawer and display, and the journal")
	.version(VERSION)
	.option("--config <file>", "the box's configuration", "/etc/tilld/till.yaml")
	.addHelpText("after", HELP)
	.showHelpAfterError("(tilld --help tells more)")
	.parse();
const { config: file } = program.opts<{ config: string }>();

await runService("tilld", async () => {
	const config = loadConfig(file, tillConfigSchema);
	const logger = createLogger({ level: config.log.level }).child({
		service: "tilld",
		till: `${config.store}/${config.till}`,
	});
	const till = await runTill({
		config,
		country: norway,
		drivers,
		clock: createClock({ timeZone: config.timeZone }),
		timers: createTimers(),
		entropy: createEntropy(),
		logger,
		onAlive: () => notifySystemd("WATCHDOG=1", (message) => logger.warn("systemd was not told", { message })),
	});
	return { logger, stop: (reason) => till.stop(reason) };
});
