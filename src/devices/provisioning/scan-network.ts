import { Socket } from "node:net";

/** The most addresses that one scan asks: a /22. */
export const ADDRESSES_MAX = 1_022;

/** How long an address may take to answer: a printer on the same switch takes a few milliseconds. */
const CONNECT_TIMEOUT_MS = 800;

/** Connections tried at the same time: the neighbour table of a small box holds more, but its switch may not like it. */
const AT_ONCE = 32;

/**
 * The host addresses of an IPv4 network as 192.168.1.0/24, without network and broadcast address. Undefined when it is
 * none, or has more than {@link ADDRESSES_MAX}.
 */
export const addressesOf = (network: string): readonly string[] | undefined => {
	const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(network);
	const parts = match?.slice(1, 5).map((part) => Number.parseInt(part, 10)) ?? [];
	const prefix = Number.parseInt(match?.[5] ?? "", 10);
	if (parts.length !== 4 || parts.some((part) => part > 255) || !(prefix >= 22 && prefix <= 30)) return undefined;
	const size = 2 ** (32 - prefix);
	const address = parts.reduce((sum, part) => sum * 256 + part, 0);
	const first = address - (address % size);
	return Array.from({ length: size - 2 }, (_, index) => dotted(first + index + 1));
};

const dotted = (address: number): string =>
	[16_777_216, 65_536, 256, 1].map((unit) => Math.floor(address / unit) % 256).join(".");

/** Where a connection is tried. */
export interface NetworkAddress {
	readonly host: string;
	readonly port: number;
}

/**
 * Which of these take a connection. Nothing is sent: what listens may be an office printer, which would print it.
 * `onProgress` is told how many have been asked.
 */
export const scanNetwork = async (
	addresses: readonly NetworkAddress[],
	onProgress: (done: number) => void,
): Promise<readonly NetworkAddress[]> => {
	const waiting = [...addresses];
	const open = new Set<NetworkAddress>();
	let done = 0;
	const work = async (): Promise<void> => {
		for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
			if (await takesConnection(address)) open.add(address);
			done += 1;
			onProgress(done);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return addresses.filter((address) => open.has(address));
};

const takesConnection = (address: NetworkAddress): Promise<boolean> =>
	new Promise((resolve) => {
		const socket = new Socket();
		const ended = (open: boolean): void => {
			socket.destroy();
			resolve(open);
		};
		socket.setTimeout(CONNECT_TIMEOUT_MS, () => ended(false));
		socket.once("error", () => ended(false));
		socket.connect(address, () => ended(true));
	});
