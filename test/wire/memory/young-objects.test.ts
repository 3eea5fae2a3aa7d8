import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../fixtures/project.ts";

const mib = 2 ** 20;
const module = pathToFileURL(join(projectRoot, "dist/server/young-objects.js")).href;

/** Makes 60 MiB of objects that stay, a little at a time; prints how many were ever new at once. */
const program = `
	import { getHeapSpaceStatistics } from "node:v8";
	import { clearYoungObjects } from ${JSON.stringify(module)};
	const kept = [];
	let mostBytes = 0;
	for (let turn = 0; turn < 1_000; turn++) {
		clearYoungObjects();
		for (let index = 0; index < 1_000; index++) kept.push({ turn, index, next: null });
		const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
		mostBytes = Math.max(mostBytes, young.space_used_size);
	}
	console.log(mostBytes, kept.length);
`;

/** Makes some MiB of objects that stay, settles them, and prints how many bytes are new then. */
const settled = `
	import { getHeapSpaceStatistics } from "node:v8";
	import { settleObjects } from ${JSON.stringify(module)};
	const kept = Array.from({ length: 200_000 }, (_, index) => ({ index, next: null }));
	settleObjects();
	const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
	console.log(young.space_used_size, kept.length);
`;

/** What a program prints: bytes of new objects, and how many objects it kept. */
function told(text: string, options: readonly string[]): readonly number[] {
	const space = ["--min-semi-space-size=32", "--max-semi-space-size=32"];
	const args = [...space, ...options, "--input-type=module", "--eval", text];
	return execFileSync(process.execPath, args, { encoding: "utf8" }).split(" ").map(Number);
}

/** The most bytes of new objects that V8 ever held there. */
function mostYoungBytes(...options: string[]): number {
	const [bytes = Number.NaN, count] = told(program, options);
	expect(count).toBe(1_000_000);
	return bytes;
}

describe("objects that are made on and on, and stay", () => {
	test("are moved a few MiB at a time", () => {
		expect(mostYoungBytes("--expose-gc")).toBeLessThan(8 * mib);
	});

	test("are moved when V8 says so, where it cannot be asked to", () => {
		expect(mostYoungBytes()).toBeGreaterThan(16 * mib);
	});
});

test("objects that were there before anybody came are new no more", () => {
	expect(told(settled, ["--expose-gc"])[0]).toBeLessThan(mib);
	expect(told(settled, [])[0]).toBeGreaterThan(4 * mib);
});
