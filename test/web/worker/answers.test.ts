import { expect, test } from "vitest";
import { answerOf } from "../../../web/worker/answers.ts";

const bases = ["https://weft.example/", "https://example.org/tools/weft/"];

const answers = (base: string, mode: string, ...paths: string[]) =>
	paths.map((path) => answerOf({ method: "GET", mode, url: base + path }, base));

test("every address that a tab opens is the app's page, below any path", () => {
	for (const base of bases) {
		const pages = answers(base, "navigate", "", "new", "r/garden", "r/garden/board?a=1", "r/sync");
		expect(new Set(pages)).toEqual(new Set(["page"]));
	}
});

test("what the server says itself is never kept", () => {
	for (const base of bases) {
		const paths = ["api/me", "api/rooms/a/blobs/b/full", "healthz", "sw.js", "sync/r", "echo"];
		for (const mode of ["navigate", "cors", "no-cors"]) {
			expect(new Set(answers(base, mode, ...paths))).toEqual(new Set(["network"]));
		}
	}
});

test("whom a host application sends with a token is met by the server", () => {
	for (const base of bases) {
		const sent = answers(base, "navigate", "r/garden?token=x", "?view&token=x.y");
		expect(new Set(sent)).toEqual(new Set(["network"]));
		const others = answers(base, "navigate", "r/garden?tokens=x", "r/garden#?token=x", "r/token=x");
		expect(new Set(others)).toEqual(new Set(["page"]));
	}
});

test("files with a hash in their name are kept, other files are not", () => {
	for (const base of bases) {
		expect(answers(base, "cors", "assets/a-1.js", "r/garden")).toEqual(["asset", "network"]);
	}
});

test("nothing is answered but questions, and only below the app's base", () => {
	const [root = "", below = ""] = bases;
	expect(answerOf({ method: "POST", mode: "navigate", url: `${root}r/a` }, root)).toBe("network");
	const elsewhere = "https://example.org/other/assets/a.js";
	expect(answerOf({ method: "GET", mode: "cors", url: elsewhere }, below)).toBe("network");
});
