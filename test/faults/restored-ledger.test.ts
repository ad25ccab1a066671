import { describe, it } from "vitest";
import { NOT_READ_BACK, READ_BACK, restoreAsItWas, restoreInNewTerm } from "./ledger-restore.ts";

describe("a ledger put back from an old copy", () => {
	it("books nothing twice in a new term, where M3 finds no repetition itself", () => restoreInNewTerm(READ_BACK));
	it("books nothing twice in a new term, where M3 cannot be read", () => restoreInNewTerm(NOT_READ_BACK));
	it("is an alarm in its old term, and books nothing twice either", () => restoreAsItWas(READ_BACK));
});
