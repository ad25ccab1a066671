import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { REPOSITORY, run } from "./support/command.ts";

it("ShellCheck finds nothing in any shell script of the repository", () => {
	const { out } = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
	const scripts = out
		.split("\0")
		.filter((path) => path.endsWith(".sh") || (path !== "" && !/\.[a-z]+$/i.test(path)))
		.filter((path) => /^#!.*\b(ba)?sh\b/.test(readFileSync(join(REPOSITORY, path), "utf8").slice(0, 100)));
	expect(scripts).toContain("scripts/install-on-box.sh");
	expect(scripts).toContain("systemd/bin/run-program");
	expect(run("shellcheck", ["--enable=check-unassigned-uppercase", ...scripts])).toEqual({
		status: 0,
		out: "",
		err: "",
	});
});
