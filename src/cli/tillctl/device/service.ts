import { callControl, isNobodyThere } from "../../../operator/control/client.ts";
import type { DeviceRow } from "../render.ts";

/**
 * What the running service says of its devices; null when no service runs. Any other silence is a Fault, TILL-0904: a
 * service that is there owns its ports, whether or not it answers.
 */
export const serviceDevices = async (socket: string): Promise<readonly DeviceRow[] | null> => {
	try {
		const answer = await callControl(socket, { command: "status" });
		return answer.kind === "ok" ? (answer.result as { readonly devices: readonly DeviceRow[] }).devices : [];
	} catch (thrown) {
		if (isNobodyThere(thrown)) return null;
		throw thrown;
	}
};
