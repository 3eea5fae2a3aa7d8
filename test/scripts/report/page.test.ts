import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Page, Plot } from "../../../scripts/report/content.ts";
import { renderPage } from "../../../scripts/report/page.ts";
import { everyPlot, everyPlotKind } from "./every-plot.ts";
import { problemsOf } from "./well-formed.ts";

fc.configureGlobal({ seed: 20261121 });

const hostile = `</style><script>alert(1)</script><img src=x onerror="alert(2)">&"'\u0000`;

function pageOf(...plots: readonly Plot[]): Page {
	const blocks = plots.map((plot) => ({ kind: "plot" as const, plot }));
	const verdict = { tone: "plain" as const, say: "as it is" };
	return { kind: "Report", title: "One", verdict, facts: [], sections: [{ heading: "A", blocks }] };
}

/** The same data with every text replaced; kinds, measures and tones stay. */
function withText(value: unknown, text: string, key = ""): unknown {
	if (typeof value === "string") {
		return ["kind", "measure", "tone", "better"].includes(key) ? value : text;
	}
	if (Array.isArray(value)) return value.map((part) => withText(part, text, key));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, part]) => [name, withText(part, text, name)]),
	);
}

/** The same data with every number replaced by what `next` gives. */
function withNumbers(value: unknown, next: () => number): unknown {
	if (typeof value === "number") return next();
	if (Array.isArray(value)) return value.map((part) => withNumbers(part, next));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, part]) => [name, withNumbers(part, next)]),
	);
}

describe("a page", () => {
	test("is well formed, with every kind of block and plot", () => {
		expect(problemsOf(renderPage(everyPlot()))).toEqual([]);
	});

	test("loads nothing, links to nothing outside, and runs nothing", () => {
		const source = renderPage(everyPlot());
		expect(source).not.toMatch(/https?:|\/\/[a-z]/i);
		expect(source).not.toMatch(
			/<(script|link rel="stylesheet"|img|iframe|object|embed)\b|@import/i,
		);
		expect(source).toContain("default-src 'none'");
		expect(source.match(/(?:src|href)="(?!#|data:,)[^"]*"/g)).toBe(null);
	});

	test("shows hostile text as text, wherever it stands", () => {
		const kind = everyPlot().kind;
		const source = renderPage({ ...(withText(everyPlot(), hostile) as Page), kind });
		expect(problemsOf(source)).toEqual([]);
		expect(source).not.toMatch(/<script|<img|<\/style>.*<\/style>/is);
		expect(source).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
		expect(source).not.toContain("\u0000");
	});

	test("is the same for the same data", () => {
		expect(renderPage(everyPlot())).toBe(renderPage(everyPlot()));
	});

	test("gives every picture a title, a description and its figures as a table", () => {
		const source = renderPage(everyPlot());
		const figures = source.match(/<figure>[\s\S]*?<\/figure>/g) ?? [];
		expect(figures).toHaveLength(everyPlotKind().length);
		for (const figure of figures) {
			expect(figure).toMatch(/role="img"/);
			expect(figure).toMatch(/<figcaption><h3>[^<]+<\/h3>/);
			expect(figure).toMatch(/<caption>[^<]+<\/caption>/);
			const [, id] = figure.match(/aria-describedby="([^"]+)"/) ?? [];
			expect(figure).toMatch(new RegExp(`id="${id}">[^<]{5,}<`));
		}
	});

	test("says in words where there is nothing to draw", () => {
		for (const plot of everyPlotKind()) {
			const none = { series: [], groups: [], lanes: [], people: [], count: 0 };
			const empty: Plot = Object.assign({}, plot, none);
			const source = renderPage(pageOf({ ...empty, emptySay: "No word was typed." }));
			expect(source, plot.kind).toContain('<p class="empty">No word was typed.</p>');
			expect(source, plot.kind).not.toMatch(/NaN|Infinity|undefined/);
		}
	});

	test("draws any numbers, also none, without a place that is not a number", () => {
		const numbers = fc.array(fc.oneof(fc.double(), fc.integer({ min: -9, max: 9_999 })), {
			minLength: 1,
			maxLength: 30,
		});
		fc.assert(
			fc.property(numbers, fc.constantFrom(...everyPlotKind()), (values, plot) => {
				let at = 0;
				const next = () => values[at++ % values.length] ?? 0;
				const source = renderPage(pageOf(withNumbers(plot, next) as Plot));
				expect(source).not.toMatch(/NaN|undefined|[-"( ]Infinity/);
				expect(problemsOf(source)).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});

	test("keeps the places of everything inside the picture", () => {
		for (const plot of everyPlotKind()) {
			const source = renderPage(pageOf(plot));
			const shares = [...source.matchAll(/ (?:x|cx|x1|x2|width)="(-?[\d.]+)%"/g)];
			for (const [, share] of shares) {
				expect(Number(share), plot.kind).toBeGreaterThanOrEqual(0);
				expect(Number(share), plot.kind).toBeLessThanOrEqual(100);
			}
		}
	});
});
