import { journalContract } from "../../contract/journal.contract.ts";
import { create, open, place } from "../support/journal.ts";

for (const withMirror of [false, true]) {
	journalContract(withMirror ? "SQLite with a mirror" : "SQLite", () => {
		const here = place({ withMirror });
		return { create: () => create(here), reopen: () => open(here) };
	});
}
