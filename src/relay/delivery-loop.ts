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

/** Runs a delivery until it is stopped. A step that throws is logged and tried again later: it never ends the relay. */
export const runDelivery = (delivery: Pick<Delivery, "name" | "step">, timers: Timers, log: Logger): DeliveryLoop => {
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

	const run = async (): Promise<void> => {
		while (!isStopping) {
			try {
				if (!(await delivery.step())) await sleep(IDLE_MS);
			} catch (error) {
				log.error("a step of a delivery failed", { delivery: delivery.name, reason: messageOf(error) });
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
