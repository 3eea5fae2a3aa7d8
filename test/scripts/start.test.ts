import {
	cpSync,
	mkdirSync,
	readdirSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
	dropFolder,
	linkPackages,
	makeFolder,
	makeTinyProject,
	projectRoot,
	type Running,
	runNode,
	writeTree,
} from "../fixtures/project.ts";

let folder: string;
let started: Running[];

beforeEach(() => {
	folder = makeFolder();
	started = [];
});

afterEach(async () => {
	for (const { child, ended } of started) {
		if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
		await ended;
	}
	dropFolder(folder);
});

/** An npm that must not be called. */
const noNpm = { npm_execpath: "/nowhere/npm.js" };

function start(
	args: readonly string[] = [],
	env: Readonly<Record<string, string>> = noNpm,
): Running {
	const running = runNode(folder, ["scripts/start.mjs", ...args], env);
	started.push(running);
	return running;
}

async function startToEnd(...args: Parameters<typeof start>): Promise<string> {
	const running = start(["exit", ...(args[0] ?? [])], args[1]);
	await running.ended;
	return running.output();
}

function count(text: string, part: string): number {
	return text.split(part).length - 1;
}

describe("npm start, around a tiny server,", () => {
	beforeEach(() => makeTinyProject(folder));

	test("says each step and its time, then hands over arguments and exit code", async () => {
		const running = start(["exit", "7"]);
		expect(await running.ended).toBe(7);
		expect(running.output()).toMatch(
			/^built the server in \d+\.\d s\nbuilt the app in \d+\.\d s\nready exit 8\n$/,
		);
	});

	test("builds nothing a second time, and then only what has changed", async () => {
		await startToEnd();
		expect(await startToEnd()).toBe("ready exit 8\n");
		writeTree(folder, { "web/index.html": "<!doctype html><title>New</title>\n" });
		expect(await startToEnd()).toMatch(/^built the app in .*\nready exit 8\n$/);
		writeTree(folder, { "server/more.ts": "export const more = 1;\n" });
		expect(await startToEnd()).toMatch(/^built the server in .*\nready exit 8\n$/);
		rmSync(join(folder, "dist/web"), { recursive: true });
		expect(await startToEnd()).toMatch(/^built the app in .*\nready exit 8\n$/);
	});

	test("keeps a size of the thread pool that was set", async () => {
		expect(await startToEnd([], { ...noNpm, UV_THREADPOOL_SIZE: "3" })).toContain("ready exit 3");
	});

	test("builds once where two start at once, and the second says that it waits", async () => {
		const [one, two] = [start(["one"]), start(["two"])];
		await Promise.all([one.says("ready one"), two.says("ready two")]);
		const both = one.output() + two.output();
		expect(count(both, "built the server")).toBe(1);
		expect(count(both, "built the app")).toBe(1);
		expect(count(both, "waiting for another start")).toBe(1);
	});

	test("takes over the lock of a start that was killed", async () => {
		const killed = start(["one"]);
		await killed.says("built the server");
		killed.child.kill("SIGKILL");
		await killed.ended;
		expect(readdirSync(join(folder, "dist"))).toContain("lock");
		const output = await startToEnd();
		expect(output).toContain("built the app");
		expect(output).not.toContain("built the server");
		expect(readdirSync(join(folder, "dist"))).not.toContain("lock");
	});

	test("takes over a lock whose process is another one by now", async () => {
		mkdirSync(join(folder, "dist"));
		const running = runNode(folder, ["-e", "setTimeout(() => {}, 60_000)"]);
		started.push(running);
		const lock = join(folder, "dist/lock");
		writeFileSync(lock, String(running.child.pid));
		utimesSync(lock, 1, 1);
		expect(await startToEnd()).toContain("ready exit");
	});

	test("passes SIGTERM on and ends with the server", async () => {
		const running = start(["serve"]);
		await running.says("ready serve");
		running.child.kill("SIGTERM");
		expect(await running.ended).toBe(0);
		expect(running.output()).toContain("drained");
	});

	test("drains when npm is stopped, which tells only the shell in between", async () => {
		const shell = `const { spawn } = require("node:child_process");
			spawn(process.execPath, ["scripts/start.mjs", "serve"], { stdio: "inherit" });`;
		const running = runNode(folder, ["-e", shell], { ...noNpm, npm_lifecycle_event: "start" });
		started.push(running);
		await running.says("ready serve");
		running.child.kill("SIGTERM");
		await running.says("drained");
	});

	test("shows what the compiler says, starts nothing and tries again next time", async () => {
		writeTree(folder, { "server/wrong.ts": 'export const wrong: number = "text";\n' });
		const running = start(["exit"]);
		expect(await running.ended).toBe(1);
		expect(running.output()).toContain("server/wrong.ts");
		expect(running.output()).not.toContain("ready");
		rmSync(join(folder, "server/wrong.ts"));
		expect(await startToEnd()).toContain("ready exit");
	});

	test("installs where packages are missing or are not those of the lockfile", async () => {
		rmSync(join(folder, "node_modules"));
		const npm = join(folder, "npm.js");
		const modules = join(projectRoot, "node_modules");
		writeFileSync(
			npm,
			`import { symlinkSync } from "node:fs";
			if (process.argv[2] !== "ci") throw new Error("not npm ci");
			symlinkSync(${JSON.stringify(modules)}, "node_modules");`,
		);
		const installed = await startToEnd([], { npm_execpath: npm });
		expect(installed).toMatch(/^installed the packages in .*\nbuilt the server/);
		expect(await startToEnd()).toBe("ready exit 8\n");
	});

	test("does not install through a link: what is behind it is another project's", async () => {
		rmSync(join(folder, "node_modules"));
		writeTree(folder, { "elsewhere/kept.txt": "" });
		symlinkSync(join(folder, "elsewhere"), join(folder, "node_modules"));
		const running = start(["exit"]);
		expect(await running.ended).toBe(1);
		expect(running.output()).toContain("node_modules is a link");
		expect(readdirSync(join(folder, "elsewhere"))).toEqual(["kept.txt"]);
	});

	test("says the one command that makes a missing binary", async () => {
		rmSync(join(folder, "node_modules"));
		mkdirSync(join(folder, "node_modules"));
		const modules = join(projectRoot, "node_modules");
		for (const name of readdirSync(modules)) {
			const path = join(folder, "node_modules", name);
			if (name === "leveldown") cpSync(join(modules, name), path, { recursive: true });
			else if (name === ".package-lock.json") cpSync(join(modules, name), path);
			else symlinkSync(join(modules, name), path);
		}
		rmSync(join(folder, "node_modules/leveldown/prebuilds"), { recursive: true });
		rmSync(join(folder, "node_modules/leveldown/build"), { recursive: true, force: true });
		const running = start(["exit"]);
		expect(await running.ended).toBe(1);
		expect(running.output()).toContain("leveldown has no binary for this machine");
		expect(running.output()).toContain("npx --yes node-gyp rebuild -C node_modules/leveldown");
	});

	test("names the Node that it needs", async () => {
		linkPackages(folder);
		const manifest = { name: "weft", type: "module", engines: { node: ">=99.1" } };
		writeTree(folder, { "package.json": JSON.stringify(manifest) });
		const running = start(["exit"]);
		expect(await running.ended).toBe(1);
		expect(running.output()).toMatch(/^Weft needs Node 99\.1 or newer; this is Node [\d.]+\./);
	});
});
