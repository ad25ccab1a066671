import { tillctl } from "../../../src/cli/tillctl/program.ts";

/** What a command line came to. */
export interface Told {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

/** Runs a command line of a program in this process: its exit code and what it wrote. */
export const collecting = async (
	run: (streams: { out: (text: string) => void; err: (text: string) => void }) => Promise<number>,
): Promise<Told> => {
	let out = "";
	let err = "";
	const code = await run({
		out: (text) => {
			out += text;
		},
		err: (text) => {
			err += text;
		},
	});
	return { code, out, err };
};

/** A technician at a box: `tillctl` on its control socket, in words and in JSON. */
export interface Technician {
	/** In words. */
	says(...args: readonly string[]): Promise<Told>;
	/** In JSON: the exit code and what was answered. Fails when anything but one JSON value was written. */
	asks(...args: readonly string[]): Promise<{ readonly code: number; readonly answer: Record<string, unknown> }>;
}

/** Makes one. */
export const technicianAt = (socket: string): Technician => {
	const says = (...args: readonly string[]): Promise<Told> =>
		collecting((streams) => tillctl(["--socket", socket, ...args], streams));
	return {
		says,
		asks: async (...args) => {
			const { code, out } = await says("--json", ...args);
			return { code, answer: JSON.parse(out) as Record<string, unknown> };
		},
	};
};
