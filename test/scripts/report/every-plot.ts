/** A page with every kind of block and plot, with figures as a benchmark might have them. */

import { seeded } from "../../../scripts/converge/random.ts";
import type { Page, Plot } from "../../../scripts/report/content.ts";

const servers = ["Weft", "reference", "hocuspocus"];

/** Every kind of plot once. */
export function everyPlotKind(): Plot[] {
	return [memory(), scatter(), latency(), histogram(), bars(), timeline(), steps(), squares()];
}

/** The page. */
export function everyPlot(): Page {
	const plots = everyPlotKind().map((plot) => ({ kind: "plot" as const, plot }));
	return {
		kind: "Weft benchmark",
		title: "Three servers, one room",
		verdict: { tone: "warn", say: "Weft is the fastest in 2 of 3 questions" },
		facts: [
			{ label: "started", value: "2026-11-21 11:02 UTC" },
			{ label: "the same again", value: "npm run bench", isCode: true },
		],
		sections: [
			{ heading: "Bars and lines", blocks: plots.slice(0, 2) },
			{ heading: "Beside each other", blocks: [{ kind: "row", blocks: plots.slice(2, 4) }] },
			{ heading: "Groups, lanes and people", blocks: plots.slice(4) },
			{
				heading: "Words",
				blocks: [
					{ kind: "heading", text: "Smaller heading" },
					{ kind: "paragraph", text: "A sentence that is fine.", tone: "good" },
					{ kind: "command", text: "npm run bench -- --people 100" },
					{ kind: "list", items: ["one", "two"] },
					{ kind: "figures", figures: [{ label: "people", value: "100", note: "in one room" }] },
					{ kind: "table", table: { caption: "Nothing", columns: [{ label: "name" }], rows: [] } },
					{ kind: "log", label: "What the server wrote", lines: ["listening", "stopped"] },
					{
						kind: "details",
						summary: "More",
						blocks: [{ kind: "paragraph", text: "Closed until somebody asks." }],
					},
				],
			},
		],
	};
}

function memory(): Plot {
	const random = seeded(1);
	const series = servers.map((label, index) => {
		let megabytes = 60 + 30 * index;
		const points = Array.from({ length: 120 }, (_, second) => {
			megabytes += (random() - 0.45) * (1 + index);
			return { x: second * 1_000, y: megabytes };
		});
		return { label, points };
	});
	const x = { label: "time", measure: "ms" as const };
	return { kind: "lines", title: "Memory", x, y: { label: "MB of memory" }, series };
}

function scatter(): Plot {
	const random = seeded(2);
	const series = servers.map((label, index) => ({
		label,
		points: Array.from({ length: 60 }, () => {
			const edits = 10 ** (1 + 4 * random());
			return { x: edits, y: edits ** 0.7 * (index + 1) * (0.5 + random()) * 0.02 };
		}),
	}));
	return {
		kind: "lines",
		isScatter: true,
		title: "Joining a room",
		x: { label: "edits in the room", isLog: true },
		y: { label: "until it is shown", measure: "ms", isLog: true },
		series,
	};
}

function values() {
	const random = seeded(3);
	return servers.map((label, index) => ({
		label,
		values: Array.from({ length: 3_000 }, () => (2 + index) * (1 + random()) ** (8 * random())),
	}));
}

function latency(): Plot {
	const y = { label: "time", measure: "ms" as const };
	return {
		kind: "quantiles",
		title: "Typing to seeing",
		note: "Lower is better.",
		y,
		series: values(),
	};
}

function histogram(): Plot {
	const x = { label: "time", measure: "ms" as const, isLog: true };
	return { kind: "histogram", title: "Typing to seeing", x, series: values() };
}

function bars(): Plot {
	const random = seeded(4);
	const groups = ["100 people in one room", "1,000 rooms of one", "joining 1 MB"].map((label) => ({
		label,
		bars: servers.map((label, index) => {
			const median = (3 - index * 0.7) * 10_000 * (0.6 + random());
			return { label, median, min: median * 0.8, max: median * 1.3 };
		}),
	}));
	const x = { label: "edits a second" };
	return {
		kind: "bars",
		title: "How much they carry",
		note: "The bar is the median of nine, the whisker reaches from the least to the most.",
		x,
		groups,
		baseline: "reference",
		better: "longer",
	};
}

function timeline(): Plot {
	const lanes = [
		{ label: "kill", spans: [{ atMs: 4_000, untilMs: null, label: "kill -9" }] },
		{ label: "a slow, slow, slow disk", spans: [{ atMs: 1_000, untilMs: 9_000, label: "slow" }] },
	];
	return { kind: "timeline", title: "What went wrong", endMs: 20_000, lanes };
}

function steps(): Plot {
	const names = Array.from({ length: 12 }, (_, index) => `person ${index + 1}`);
	const people = names.map((label, index) => ({
		label,
		points: Array.from({ length: 40 }, (_, at) => {
			return { ms: at * 500 + index * 150, count: at * (1 + index / 20) };
		}),
	}));
	const moments = [{ atMs: 15_000, say: "somebody lost a word" }];
	return {
		kind: "steps",
		title: "Twelve people",
		endMs: 20_000,
		yLabel: "words held",
		people,
		lanes: [],
		moments,
	};
}

function squares(): Plot {
	const failed = [17, 2_300, 9_999];
	return {
		kind: "squares",
		title: "Every seed of a night",
		unit: "seed",
		from: 1,
		count: 10_000,
		failed,
	};
}
