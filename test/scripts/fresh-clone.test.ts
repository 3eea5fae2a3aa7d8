import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
	cloneProject,
	dropFolder,
	makeFolder,
	type Running,
	runNode,
} from "../fixtures/project.ts";

let folder: string;

beforeAll(() => {
	folder = makeFolder();
	cloneProject(folder);
});

afterAll(() => dropFolder(folder));

/** Packages are there already: whoever asks npm for something fails. */
const env = { PORT: "0", npm_execpath: "/nowhere/npm.js", WEFT_LOG: "warn" };

async function start(): Promise<{ running: Running; url: string }> {
	const running = runNode(folder, ["scripts/start.mjs"], env);
	await running.says("weft listening on ");
	const [, url = ""] = /weft listening on (http:\S+)/.exec(running.output()) ?? [];
	return { running, url };
}

async function stop({ child, ended }: Running): Promise<number | null> {
	child.kill("SIGTERM");
	return ended;
}

test("a fresh copy of this project serves the app after one command", async () => {
	const { running, url } = await start();
	expect(running.output()).toMatch(/^built the server in .* s\nbuilt the app in .* s\nweft listen/);
	const page = await fetch(url);
	expect(page.status).toBe(200);
	const html = await page.text();
	expect(html).toContain("<script");
	expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|\bstyle="|\bon\w+="/);
	const [, script = ""] = /<script[^>]*\bsrc="([^"]+)"/.exec(html) ?? [];
	const answer = await fetch(new URL(script, url), { headers: { "accept-encoding": "br" } });
	expect(answer.headers.get("content-encoding")).toBe("br");
	expect(answer.headers.get("cache-control")).toContain("immutable");
	expect(await stop(running)).toBe(0);
});

test("and once more without building", async () => {
	const { running } = await start();
	expect(running.output()).toMatch(/^weft listening on \S+\n$/);
	expect(await stop(running)).toBe(0);
});

test("the built app holds one copy of Yjs", () => {
	const assets = join(folder, "dist/web/assets");
	const marked = execFileSync("grep", ["-rlF", "--include=*.js", "__ $YJS$ __", assets]);
	expect(String(marked).trim().split("\n")).toHaveLength(1);
});
