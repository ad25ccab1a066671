import { spawn } from "node:child_process";
import { messageOf } from "../contract/fault.ts";

/** What a service tells systemd (sd_notify(3)). */
export type SystemdState = "READY=1" | "STOPPING=1" | "WATCHDOG=1" | `STATUS=${string}`;

/**
 * Tells systemd something by its own `systemd-notify`, when it asked to be told (NOTIFY_SOCKET is set); otherwise does
 * nothing. Never throws and is not waited for: a till that cannot say that it is ready sells all the same. The unit
 * needs `NotifyAccess=all`, because the message comes from a child of the service.
 */
export const notifySystemd = (state: SystemdState, onTrouble: (message: string) => void = () => {}): void => {
	if (!process.env["NOTIFY_SOCKET"]) return;
	try {
		// A line feed would begin another assignment.
		const child = spawn("systemd-notify", [state.replaceAll(/[\r\n]+/g, " ")], { stdio: "ignore" });
		child.on("error", (error) => onTrouble(error.message));
		child.on("exit", (code) => {
			if (code !== 0) onTrouble(`systemd-notify ended with ${code}`);
		});
		child.unref();
	} catch (thrown) {
		onTrouble(messageOf(thrown));
	}
};
