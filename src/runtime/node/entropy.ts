import { randomBytes } from "node:crypto";
import type { Entropy } from "../contract/clock.ts";

/** The system's chance, fit for secrets. */
export const createEntropy = (): Entropy => ({ bytes: (count) => new Uint8Array(randomBytes(count)) });
