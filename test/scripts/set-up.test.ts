import { spawnSync } from "node:child_process";
import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** Answers like the pinned Node; they load unless `native-parts-broken` lies beside the project. */
const FAKE_NODE = `#!/bin/sh
[ "$1" = --version ] && { echo v24.0.1; exit 0; }
[ ! -e ../native-parts-broken ] || { echo "better-sqlite3: wrong ELF class" >&2; exit 1; }
`;

/** Notes how it is called and lays down what npm would, in so far as the set-up needs it. */
const FAKE_NPM = `#!/bin/sh
echo "$1 $2 in $(pwd) path $PATH" >> "$CALLS"
case "$1" in
install) mkdir -p node_modules/node/bin && cp "$FAKE_NODE" node_modules/node/bin/node ;;
ci) mkdir -p node_modules/.bin && echo '{"packages":{"node_modules/node":{"version":"24.0.1"}}}' > node_modules/.package-lock.json ;;
rebuild) cp node_modules/node/bin/node node_modules/.bin/node ;;
esac
`;

let place = "";
let root = "";

/** An executable of the stand-in machine. */
function program(name: string, text: string): void {
	writeFileSync(join(place, "bin", name), text);
	chmodSync(join(place, "bin", name), 0o755);
}

function setUp() {
	const env = {
		PATH: `${join(root, "node_modules", ".bin")}:${join(place, "bin")}:/usr/bin:/bin`,
		CALLS: join(place, "calls"),
		FAKE_NODE: join(place, "bin", "fake-node"),
	};
	const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts", "set-up.mjs")], {
		env,
		encoding: "utf8",
	});
	return { status, stdout, stderr };
}

const calls = (): string[] => readFileSync(join(place, "calls"), "utf8").trim().split("\n");

beforeEach(() => {
	place = mkdtempSync(join(tmpdir(), "tilld-set-up-"));
	root = join(place, "project");
	mkdirSync(join(root, "scripts"), { recursive: true });
	mkdirSync(join(place, "bin"));
	copyFileSync(join(import.meta.dirname, "../../scripts/set-up.mjs"), join(root, "scripts", "set-up.mjs"));
	writeFileSync(join(root, "package.json"), '{"packageManager":"npm@11.0.1"}');
	writeFileSync(join(root, ".npmrc"), "");
	writeFileSync(
		join(root, "package-lock.json"),
		'{"packages":{"":{},"node_modules/node":{"version":"24.0.1"},"node_modules/other-system":{"version":"1.0.0","optional":true}}}',
	);
	program("fake-node", FAKE_NODE);
	program("npm", FAKE_NPM);
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

describe("set-up.mjs on a fresh clone", () => {
	it("fetches Node and npm first, then installs with them and without install scripts", () => {
		expect(setUp()).toMatchObject({ status: 0, stdout: "", stderr: expect.stringContaining("ready after") });
		const stage = join(root, ".set-up");
		expect(calls()).toEqual([
			`install --no-package-lock in ${stage} path ${join(place, "bin")}:/usr/bin:/bin`,
			expect.stringContaining(`ci --ignore-scripts in ${root} path ${join(stage, "node_modules", ".bin")}:`),
			expect.stringContaining(`rebuild --ignore-scripts in ${root}`),
		]);
		expect(existsSync(stage)).toBe(false);
	});

	it("does nothing and says nothing the second time", () => {
		setUp();
		program("npm", "#!/bin/sh\nexit 1\n");
		expect(setUp()).toEqual({ status: 0, stdout: "", stderr: "" });
	});

	it("installs again when the lockfile asks for something else", () => {
		setUp();
		writeFileSync(
			join(root, "package-lock.json"),
			'{"packages":{"node_modules/node":{"version":"24.0.1"},"node_modules/new":{"version":"1.0.0"}}}',
		);
		setUp();
		expect(calls()).toHaveLength(6);
	});

	it("keeps what somebody installed by hand if it is what the lockfile asks for", () => {
		setUp();
		writeFileSync(join(root, "package-lock.json"), '{"packages":{"node_modules/node":{"version":"24.0.1"}}}');
		expect(setUp().status).toBe(0);
		expect(calls()).toHaveLength(3);
	});
});

describe("set-up.mjs where it cannot succeed", () => {
	it.each([
		["getaddrinfo ENOTFOUND registry.example", "registry cannot be reached"],
		["code SELF_SIGNED_CERT_IN_CHAIN", "certificate"],
		["ENOSPC: no space left on device", "disk is full"],
		["something nobody thought of", "something nobody thought of"],
	])("passes on what npm says (%s) with a remedy", (said, remedy) => {
		program("npm", `#!/bin/sh\necho "npm error ${said}" >&2\nexit 1\n`);
		const { status, stderr } = setUp();
		expect(status).toBe(1);
		expect(stderr).toContain(said);
		expect(stderr).toContain(remedy);
		expect(stderr).not.toContain("at main");
		expect(existsSync(join(root, ".set-up"))).toBe(false);
	});

	it("names the part that does not load, and tries again the next time", () => {
		writeFileSync(join(place, "native-parts-broken"), "");
		const first = setUp();
		expect(first.status).toBe(1);
		expect(first.stderr).toContain("better-sqlite3: wrong ELF class");
		rmSync(join(place, "native-parts-broken"));
		expect(setUp()).toMatchObject({ status: 0, stderr: expect.stringContaining("ready after") });
	});
});
