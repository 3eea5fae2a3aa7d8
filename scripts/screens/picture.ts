/** The picture that README begins with: three people plan a weekend in one room. */
import { randomBytes } from "node:crypto";
import type { Browser } from "playwright-core";
import * as Y from "yjs";
import { addStroke } from "../../shared/surfaces/board.ts";
import { say } from "../../shared/surfaces/chat.ts";
import { type ItemLook, plainLook } from "../../shared/surfaces/item-look.ts";
import { chatOf, metaOf, strokesOf, textOf } from "../../shared/surfaces/root.ts";
import type { ItemKind } from "../../shared/surfaces/stroke-codec.ts";
import { addWords, type Words } from "../../shared/surfaces/words/words.ts";
import { type Guest, inviteNamed } from "./content.ts";
import { enter, settle } from "./ways.ts";

const room = "a-weekend-in-the-hills";
const size = { width: 1_440, height: 860 };
const random = (count: number) => Uint8Array.from(randomBytes(count));

/** Takes it, and writes it to `file`; the room is on the server from then on. */
export async function takePicture(browser: Browser, url: string, file: string): Promise<void> {
	const [ben, eve] = await inviteNamed(url, room, ["Ben", "Eve"]);
	if (ben === undefined || eve === undefined) throw new Error("nobody came");
	await fill(ben, eve);
	const context = await browser.newContext({
		viewport: size,
		colorScheme: "light",
		reducedMotion: "reduce",
		serviceWorkers: "block",
	});
	try {
		const page = await context.newPage();
		await page.request.put(`${url}/api/me`, { data: { name: "Ann" }, headers: { origin: url } });
		await enter({ page, url }, `/r/${room}/board`);
		await settle(page);
		await page.keyboard.press("Alt+c");
		const field = page.locator("weft-chat textarea");
		await field.fill("Yes! It opens at four");
		await field.press("Enter");
		await eve.writer.until(() => chatOf(eve.writer.doc).length === 3);
		tell(eve, "Then I take the 7:12 as well");
		await eve.writer.saved();
		await page.locator(".weft-board__zoom button").last().click();
		await settle(page);
		await page.screenshot({ path: file, animations: "disabled" });
	} finally {
		await context.close();
		for (const { writer } of [ben, eve]) writer.close();
	}
}

async function fill(ben: Guest, eve: Guest): Promise<void> {
	const { doc, provider } = eve.writer;
	metaOf(doc).set("title", "A weekend in the hills");
	textOf(doc).applyDelta(text);
	draw(doc);
	tell(eve, "I drew the way up from the lake");
	await eve.writer.saved();
	await ben.writer.until(() => chatOf(ben.writer.doc).length === 1);
	tell(ben, "The red one is our hut?");
	await ben.writer.saved();
	const end = textOf(doc).toString().indexOf("no light.") + "no light.".length;
	const caret = Y.createRelativePositionFromTypeIndex(textOf(doc), end);
	const cursor = { anchor: caret, head: caret };
	provider.awareness.setLocalState({ user: eve.person, surface: "document", cursor });
	const pointer = { x: 262, y: 300 };
	ben.writer.provider.awareness.setLocalState({ user: ben.person, surface: "board", pointer });
}

function tell({ writer, person }: Guest, body: string): void {
	say(chatOf(writer.doc), { body }, { person, at: Date.now(), random });
}

const text = [
	{ insert: "A weekend in the hills" },
	{ insert: "\n", attributes: { header: 1 } },
	{ insert: "Train at " },
	{ insert: "7:12", attributes: { bold: true } },
	{ insert: ", back on Sunday evening. The hut has water but no light.\nTo take" },
	{ insert: "\n", attributes: { header: 2 } },
	...["bread and cheese", "map", "lamps for everybody"].flatMap((insert) => [
		{ insert },
		{ insert: "\n", attributes: { list: "bullet" } },
	]),
	{ insert: "Still open" },
	{ insert: "\n", attributes: { header: 2 } },
	{ insert: "book the hut" },
	{ insert: "\n", attributes: { list: "checked" } },
	{ insert: "ask about the dog" },
	{ insert: "\n", attributes: { list: "unchecked" } },
	{ insert: "It always rains on the ridge. Take a coat." },
	{ insert: "\n", attributes: { blockquote: true } },
];

/** Places in the palette. */
const colors = { ink: 0, grey: 1, red: 2, orange: 3, yellow: 4, green: 5, blue: 6, violet: 7 };

type Places = readonly (readonly [x: number, y: number])[];

interface Drawn {
	readonly kind?: ItemKind;
	readonly color: keyof typeof colors;
	readonly width?: number;
	readonly look?: Partial<ItemLook>;
	/** Where the hand went; of a shape, its two corners or ends. */
	readonly places: Places;
}

function draw(doc: Y.Doc): void {
	for (const { kind = "pen", color, width = 1, look, places } of drawing) {
		const isByHand = kind === "pen" || kind === "highlighter";
		const points = Float64Array.from((isByHand ? byHand(places) : places).flat());
		const stroke = { kind, color: colors[color], width, points, pressures: null, times: null };
		doc.transact(() => addStroke(strokesOf(doc), stroke, { ...plainLook, ...look }));
	}
	for (const one of words) doc.transact(() => addWords(strokesOf(doc), one));
}

/** The way of a hand through these places: round at the corners, and never quite straight. */
function byHand(places: Places): Places {
	const stepsPerPart = 12;
	return places.slice(1).flatMap((to, part) => {
		const from = places[part] ?? to;
		const before = places[part - 1] ?? from;
		const after = places[part + 2] ?? to;
		return Array.from({ length: stepsPerPart + 1 }, (_, step) => {
			const at = step / stepsPerPart;
			const wobble = Math.sin((part + at) * 5 + from[0]) * 0.8;
			return [
				between([before[0], from[0], to[0], after[0]], at) + wobble,
				between([before[1], from[1], to[1], after[1]], at) - wobble,
			] as const;
		});
	});
}

/** A cubic through four values (Catmull and Rom), drawn in a little so that peaks stay peaks. */
function between([a, b, c, d]: readonly [number, number, number, number], at: number): number {
	const [leave, arrive] = [(c - a) / 3, (d - b) / 3];
	const square = at * at;
	const cube = square * at;
	return (
		(2 * cube - 3 * square + 1) * b +
		(cube - 2 * square + at) * leave +
		(3 * square - 2 * cube) * c +
		(cube - square) * arrive
	);
}

const sun: readonly Drawn[] = Array.from({ length: 8 }, (_, ray) => {
	const turn = (ray / 8) * 2 * Math.PI;
	const at = (far: number) => [372 + far * Math.cos(turn), 62 + far * Math.sin(turn)] as const;
	return { color: "orange", places: [at(46), at(62)] };
});

const drawing: readonly Drawn[] = [
	{
		kind: "ellipse",
		color: "orange",
		look: { fill: "tint" },
		places: [
			[338, 28],
			[406, 96],
		],
	},
	...sun,
	{
		color: "grey",
		places: [
			[10, 352],
			[66, 256],
			[110, 166],
			[128, 172],
			[166, 226],
			[204, 160],
			[236, 108],
			[290, 196],
			[362, 322],
			[392, 338],
			[470, 318],
		],
	},
	{
		color: "grey",
		places: [
			[210, 152],
			[226, 136],
			[240, 156],
			[262, 148],
		],
	},
	...[
		[44, 372],
		[78, 386],
		[420, 366],
	].map(
		([x = 0, y = 0]): Drawn => ({
			color: "green",
			places: [
				[x, y + 30],
				[x, y + 6],
				[x - 13, y + 8],
				[x, y - 26],
				[x + 13, y + 8],
				[x, y + 6],
			],
		}),
	),
	{
		color: "red",
		places: [
			[314, 384],
			[342, 326],
			[372, 384],
			[314, 384],
		],
	},
	{
		kind: "highlighter",
		color: "yellow",
		places: [
			[132, 440],
			[190, 412],
			[226, 420],
			[296, 382],
		],
	},
	{
		kind: "arrow",
		color: "violet",
		look: { dash: "dashed" },
		places: [
			[150, 452],
			[304, 396],
		],
	},
	...[456, 486].map(
		(y): Drawn => ({
			color: "blue",
			places: [30, 110, 190, 270, 350, 430].map((x, index) => [x, y + (index % 2) * 22] as const),
		}),
	),
];

/** Notes in the corner, and how far it is. */
const words: readonly Words[] = [
	{
		kind: "note",
		color: colors.yellow,
		size: 1,
		box: { minX: 0, minY: -40, maxX: 130, maxY: 40 },
		look: plainLook,
		text: "Sun from noon on",
	},
	{
		kind: "note",
		color: colors.green,
		size: 1,
		box: { minX: 144, minY: -40, maxX: 274, maxY: 40 },
		look: plainLook,
		text: "Boots, and no ropes",
	},
	{
		kind: "text",
		color: colors.violet,
		size: 1,
		box: { minX: 246, minY: 420, maxX: 350, maxY: 444 },
		look: plainLook,
		text: "two hours",
	},
];
