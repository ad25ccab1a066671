import type { Timers } from "../runtime/contract/clock.ts";
import { messageOf } from "../runtime/contract/fault.ts";
import type { Logger } from "../runtime/contract/logger.ts";
import type { Delivery } from "./delivery.ts";

/** How long a delivery that has nothing to do sleeps, unless it is woken. */
const IDLE_MS = 1_000;
/** How long one sleeps after a fault of the program. */
const FAULT_MS = 30_000;

/** A delivery that runs by itself. */
export interface DeliveryLoop {
	/** There is something new: look at once. */
	wake(): void;
	/** Stops after the step at hand; resolves when it has stopped. */
	stop(): Promise<void>;
}

/**
 * Runs a delivery until it is stopped. A step that throws is logged and tried again later: it never ends the relay. `tell`
 * hears why a step failed, and null after each that did not.
 */
export const runDelivery = (
	delivery: Pick<Delivery, "name" | "step">,
	timers: Timers,
	log: Logger,
	tell: (failure: string | null) => void = () => {},
): DeliveryLoop => {
	let isStopping = false;
	let wakeUp: (() => void) | undefined;

	const sleep = (ms: number): Promise<void> =>
		new Promise((resolve) => {
			if (isStopping) return resolve();
			const cancel = timers.after(`delivery ${delivery.name}`, ms, () => {
				wakeUp = undefined;
				resolve();
			});
			wakeUp = () => {
				wakeUp = undefined;
				cancel();
				resolve();
			};
		});

	const fail = (error: unknown): void => {
		const reason = messageOf(error);
		log.error("a step of a delivery failed", { delivery: delivery.name, reason });
		try {
			tell(reason);
		} catch (second) {
			log.error("it could not be kept", { delivery: delivery.name, reason: messageOf(second) });
		}
	};

	const run = async (): Promise<void> => {
		while (!isStopping) {
			try {
				const mayBeMore = await delivery.step();
				tell(null);
				if (!mayBeMore) await sleep(IDLE_MS);
			} catch (error) {
				fail(error);
				await sleep(FAULT_MS);
			}
		}
	};

	const running = run();
	return {
		wake: () => wakeUp?.(),
		stop: () => {
			isStopping = true;
			wakeUp?.();
			return running;
		},
	};
};
