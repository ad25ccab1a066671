import type { LineHost } from "../../src/devices/contract/driver.ts";
import type { MakePort } from "./port.ts";

/** The port of a device on another one's line: the owner opens and closes it, and gives it up when it has to be. */
export const sharedPort =
	(host: LineHost): MakePort =>
	(listener) => {
		let isWanted = false;
		const tell = (act: () => void): void => {
			if (isWanted) act();
		};
		const share = host.share({
			onOpen: () => tell(() => listener.onOpen()),
			onClose: (detail) => tell(() => listener.onClose(detail)),
		});
		return {
			name: share.name,
			open: () => {
				if (isWanted) return;
				isWanted = true;
				if (share.isOpen()) listener.onOpen();
			},
			isOpen: () => isWanted && share.isOpen(),
			write: (bytes) => share.write(bytes),
			turn: () => share.turn(),
			reset: () => undefined,
			close: () => {
				isWanted = false;
				share.leave();
				return Promise.resolve();
			},
		};
	};
