import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ConvergeReport } from "../../../scripts/converge/report/converge-report.ts";
import { convergePage } from "../../../scripts/converge/report/page.ts";
import { convergeData, writeConvergeReport } from "../../../scripts/converge/report/write.ts";
import { renderPage } from "../../../scripts/report/page.ts";
import { makeReport } from "./made-up.ts";
import { problemsOf } from "./well-formed.ts";

function sourceOf(report: ConvergeReport): string {
	return renderPage(convergePage(report));
}

/** The words of a page, without its tags. */
function wordsOf(source: string): string {
	const body = source.slice(source.indexOf("<body>"));
	return body.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

describe("the report of a run", () => {
	test("begins with the verdict, and the command that does the same again", () => {
		const words = wordsOf(sourceOf(makeReport(200, [])));
		expect(words).toMatch(
			/^ Weft convergence report 200 seeds against Weft ✓ 200 seeds, 200 ops, 5 people: equal/,
		);
		expect(words).toContain("npm run converge -- --seeds 200 --ops 200 --people 5");
		expect(words).not.toContain("What failed");
	});

	test("shows the seeds that failed first, each with its findings and how to repeat it", () => {
		const source = sourceOf(makeReport(200, [17, 93]));
		expect(problemsOf(source)).toEqual([]);
		const words = wordsOf(source);
		expect(words.indexOf("What failed")).toBeLessThan(words.indexOf("What was checked"));
		expect(words).toContain("✗ nothing lost: ⟨b:17⟩ was saved and is gone (after");
		expect(words).toContain("npm run converge -- --seed 93 --tell");
		expect(words).toContain("✗ 198 of 200");
	});

	test("of many seeds shows a few, whatever it was given", () => {
		const failed = Array.from({ length: 40 }, (_, index) => index * 5 + 3);
		const report = makeReport(200, failed);
		const source = sourceOf(report);
		expect(source.match(/<h3>Seed \d+<\/h3>/g)).toHaveLength(8);
		expect(wordsOf(source)).toContain("32 more failed: all are 3, 8, 13");
		expect(source.length).toBeLessThan(400_000);
		const { timelines } = convergeData(report) as ConvergeReport;
		expect(timelines).toHaveLength(8 + 3);
	});

	test("what cannot be asked is neither passed nor failed, and says why", () => {
		const words = wordsOf(sourceOf(makeReport(200, [])));
		expect(words).toContain("rights hold ! not testable – – –");
		expect(words).toContain("rights hold: this server has no rights yet");
	});

	test("a check that was never asked is not called passed", () => {
		const row = { check: "equal copies", asked: 0, passed: 0, failed: 0, notTestable: null };
		const words = wordsOf(sourceOf({ ...makeReport(1, []), rows: [row] }));
		expect(words).toContain("equal copies ! never asked 0 0 0");
	});

	test("several servers stand beside each other", () => {
		const systems = ["Weft", "reference"].map((name) => {
			return { name, version: "1.0.0", mode: "real" as const };
		});
		const counts = { check: "nothing lost", asked: 20, passed: 20, failed: 0, notTestable: null };
		const rows = [
			{ ...counts, system: "Weft" },
			{ ...counts, system: "reference", passed: 1, failed: 19 },
			{ ...counts, system: "reference", check: "saved is kept", notTestable: "sends no acks" },
		];
		const words = wordsOf(sourceOf({ ...makeReport(20, []), systems, rows }));
		expect(words).toContain("must be true Weft reference nothing lost ✓ passed ✗ failed 19 times");
		expect(words).toContain("saved is kept – ! not testable");
		expect(words).toContain("saved is kept, reference: sends no acks");
	});

	test("a run of which nothing is known is told in words", () => {
		const report: ConvergeReport = {
			...makeReport(1, []),
			seeds: { from: 1, count: 0 },
			rows: [],
			latency: { saved: [], shown: [] },
			timelines: [{ seed: 1, endMs: 0, faults: [], people: [], findings: [] }],
			seconds: 0,
			seedsPerMinute: Number.NaN,
		};
		const source = sourceOf(report);
		expect(problemsOf(source)).toEqual([]);
		const words = wordsOf(source);
		expect(words).not.toMatch(/NaN|undefined|Infinity/);
		expect(words).toContain("No seed was run.");
		expect(words).toContain("Nothing was checked.");
		expect(words).toContain("No word was followed from its typing to its end.");
		expect(words).toContain("Nobody’s words were followed in this run.");
	});

	test("a name that would be a tag stays a name", () => {
		const hostile = "<script>alert(1)</script>";
		const [run] = makeReport(200, [17]).timelines;
		if (run === undefined) throw new Error("no run was made");
		const people = run.people.map((person) => ({ ...person, name: hostile }));
		const findings = [{ check: hostile, say: hostile, atMs: 9 }];
		const timelines = [{ ...run, people, findings, repeat: hostile, story: [hostile] }];
		const source = sourceOf({ ...makeReport(200, [17]), title: hostile, timelines });
		expect(problemsOf(source)).toEqual([]);
		expect(source).not.toContain("<script");
	});

	test("is written as a page and as data", async () => {
		const folder = await mkdtemp(join(tmpdir(), "weft-report-"));
		try {
			const report = makeReport(200, [17]);
			const paths = await writeConvergeReport(join(folder, "deep", "out"), report);
			expect(await readFile(paths.page, "utf8")).toBe(sourceOf(report));
			const data = JSON.parse(await readFile(paths.data, "utf8"));
			expect(data).toMatchObject({
				format: "weft-converge",
				version: 1,
				isEqual: false,
				failedSeeds: [17],
				latency: { savedMs: { count: 8_000 } },
			});
			expect(data.timelines[0]).toEqual(report.timelines[0]);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});
});
