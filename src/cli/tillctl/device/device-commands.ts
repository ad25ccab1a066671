import type { Command } from "commander";
import type { Shell } from "../shell.ts";
import { addAddCommand } from "./add-command.ts";
import { addDetectCommand } from "./detect-command.ts";
import { addDoctorCommand } from "./doctor-command.ts";
import { addListCommand } from "./list-command.ts";
import { addProbeCommand } from "./probe-command.ts";
import { addSetCommand } from "./set-command.ts";
import { addTestCommand } from "./test-command.ts";

/** `device ...`: finding, trying and setting up what hangs on the box. */
export const addDeviceCommands = (program: Command, shell: Shell): void => {
	const device = program.command("device").description("the devices of the box: find, set up, try, judge them");
	addDetectCommand(device, shell);
	addProbeCommand(device, shell);
	addAddCommand(device, shell);
	addSetCommand(device, shell);
	addTestCommand(device, shell);
	addListCommand(device, shell);
	addDoctorCommand(device, shell);
};
