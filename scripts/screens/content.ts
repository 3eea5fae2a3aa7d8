/** What stands in the rooms that are shot: a summer fair, planned by a handful of people. */
import { randomBytes } from "node:crypto";
import { addStroke, addStrokes } from "../../shared/surfaces/board.ts";
import { say } from "../../shared/surfaces/chat.ts";
import { plainLook } from "../../shared/surfaces/item-look.ts";
import { captionOf, listPhotos, removePhoto } from "../../shared/surfaces/photos.ts";
import { chatOf, metaOf, photosOf, strokesOf, textOf } from "../../shared/surfaces/root.ts";
import type { Stroke } from "../../shared/surfaces/stroke-codec.ts";
import { becomeGuest } from "../converge/systems/weft.ts";
import { shareFile } from "../replay/jobs.ts";
import { encodePng, type Rgb } from "../replay/png.ts";
import { join, type Writer } from "../replay/writer.ts";

/** Somebody of the room who is there while it is shot. */
export interface Guest {
	readonly writer: Writer;
	readonly person: { readonly id: string; readonly name: string; readonly color: string };
	readonly cookie: string;
}

/** The room in which there is something on every surface. */
export const filledRoom = "summer-fair";

/** The room of people whose letters run from right to left. */
export const rightToLeftRoom = "summer-evening";

const names = ["Ana", "Bo", "Carla", "Deniz"];
const random = (size: number) => Uint8Array.from(randomBytes(size));
const minuteMs = 60_000;

/** Fills the server's rooms. The people stay until the answer is called. */
export async function fillRooms(url: string): Promise<() => void> {
	for (const [room, title] of Object.entries({
		"choir-practice": "Choir practice",
		"class-4b-water": "Class 4b: where water comes from",
		"reading-list": "",
	})) {
		const [guest] = await invite(url, room, 1);
		if (guest === undefined) continue;
		metaOf(guest.writer.doc).set("title", title);
		if (title !== "") drawSun(guest);
		else textOf(guest.writer.doc).insert(0, "Books that somebody here has liked");
		await guest.writer.saved();
		guest.writer.close();
	}
	await fillEvening(url);
	const guests = await invite(url, filledRoom, names.length);
	const [ana] = guests;
	if (ana === undefined) throw new Error("nobody came");
	await fillFair(url, ana, guests);
	return () => {
		for (const { writer } of guests) writer.close();
	};
}

/** So many pictures as a browser is handed files. */
export function picturesForUpload(count: number) {
	return pictures.slice(0, count).map(({ name, caption: _, ...drawing }) => ({
		name,
		mimeType: "image/png",
		buffer: Buffer.from(encodePng(drawing)),
	}));
}

function invite(url: string, room: string, count: number): Promise<Guest[]> {
	return inviteNamed(url, room, names.slice(0, count));
}

/** People of these names, in that room; they stay until their writers are closed. */
export async function inviteNamed(
	url: string,
	room: string,
	called: readonly string[],
): Promise<Guest[]> {
	const guests: Guest[] = [];
	for (const name of called) {
		const { headers } = await becomeGuest(url, name);
		const cookie = headers["cookie"] ?? "";
		const answer = await fetch(`${url}/api/me`, { headers: { cookie } });
		const person = (await answer.json()) as Guest["person"];
		guests.push({ writer: await join({ url, room, cookie }), person, cookie });
	}
	return guests;
}

async function fillFair(url: string, ana: Guest, guests: readonly Guest[]): Promise<void> {
	metaOf(ana.writer.doc).set("title", "Summer fair");
	textOf(ana.writer.doc).applyDelta(text);
	drawSun(ana);
	drawStalls(ana);
	await ana.writer.saved();
	const place = { url, room: filledRoom };
	for (const [index, { name, caption, ...drawing }] of pictures.entries()) {
		const guest = guests[index % guests.length] ?? ana;
		const file = { name, type: "image/png", bytes: encodePng(drawing) };
		await shareFile(file, { writer: guest.writer, guest, place });
		const photo = listPhotos(photosOf(guest.writer.doc)).find(({ by }) => by === guest.person.id);
		if (photo === undefined) continue;
		captionOf(photosOf(guest.writer.doc), photo.id)?.insert(0, caption);
		await guest.writer.saved();
	}
	const gone = listPhotos(photosOf(ana.writer.doc)).findLast(({ by }) => by === ana.person.id);
	if (gone !== undefined) {
		const author = { person: ana.person, at: Date.now() };
		removePhoto(photosOf(ana.writer.doc), gone.id, author);
		await ana.writer.saved();
	}
	await talk(guests);
	for (const [index, { writer, person }] of guests.entries()) {
		writer.provider.awareness.setLocalState({
			user: person,
			surface: (["document", "board", "chat", "photos"] as const)[index],
			...(index === 1 ? { pointer: { x: 420, y: 120 }, view: boView } : {}),
			...(index === 2 ? { typing: true, hand: 1 } : {}),
			...(index === 3 ? { idle: true } : {}),
		});
	}
}

/** Bo shows the sun and the water. */
const boView = { x: 0, y: 40, width: 720, height: 440 };

async function fillEvening(url: string): Promise<void> {
	const [guest] = await invite(url, rightToLeftRoom, 1);
	if (guest === undefined) return;
	const { writer, person } = guest;
	metaOf(writer.doc).set("title", "أمسية صيفية");
	textOf(writer.doc).applyDelta(rightToLeftText);
	for (const body of rightToLeftTalk) {
		say(chatOf(writer.doc), { body }, { person, at: Date.now(), random });
	}
	await writer.saved();
	writer.close();
}

const rightToLeft = { direction: "rtl", align: "right" };
const rightToLeftText = [
	{ insert: "أمسية صيفية" },
	{ insert: "\n", attributes: { header: 1, ...rightToLeft } },
	{ insert: "السبت، الساعة 20:00، في المرج الأسفل. Bring a lamp." },
	{ insert: "\n", attributes: rightToLeft },
	{ insert: "استعارة الطاولات من المدرسة" },
	{ insert: "\n", attributes: { list: "checked", ...rightToLeft } },
	{ insert: "שלושה מנגנים" },
	{ insert: "\n", attributes: { list: "unchecked", ...rightToLeft } },
	{ insert: "And one line that runs the other way.\n" },
];
const rightToLeftTalk = ["من يحضر المصابيح؟", "אני! (two of them)", "Great, thank you: שלום"];

const text = [
	{ insert: "Summer fair" },
	{ insert: "\n", attributes: { header: 1 } },
	{ insert: "Saturday, 14:00, on the " },
	{ insert: "lower meadow", attributes: { bold: true } },
	{ insert: ". If it rains we are in the hall.\nStill to do" },
	{ insert: "\n", attributes: { header: 2 } },
	{ insert: "Borrow tables from the school" },
	{ insert: "\n", attributes: { list: "checked" } },
	{ insert: "Somebody with a van on Friday" },
	{ insert: "\n", attributes: { list: "unchecked" } },
	{ insert: "Print the posters" },
	{ insert: "\n", attributes: { list: "unchecked" } },
	{ insert: "Whoever bakes a cake eats for nothing." },
	{ insert: "\n", attributes: { blockquote: true } },
	{ insert: "Maps and the list of stalls are " },
	{ insert: "here", attributes: { link: "https://weft.example/fair" } },
	{ insert: ".\n" },
];

async function talk([ana, bo, carla]: readonly Guest[]): Promise<void> {
	if (ana === undefined || bo === undefined || carla === undefined) return;
	const photo = listPhotos(photosOf(bo.writer.doc))[0]?.id;
	let at = Date.now() - 90 * minuteMs;
	const speak = async (guest: Guest, draft: Parameters<typeof say>[1]) => {
		at += 3 * minuteMs;
		const message = say(chatOf(guest.writer.doc), draft, { person: guest.person, at, random });
		await guest.writer.saved();
		await meet(guest, [ana, bo, carla]);
		return message;
	};
	const asked = await speak(ana, { body: "Who can fetch the tables on Friday?" });
	const answered = await speak(bo, { body: "I can, with my sister's van.", replyTo: asked.id });
	await speak(carla, { body: "Great! Then I do the posters, see https://weft.example/posters" });
	await speak(bo, { body: "I can, with my brother's van.", corrects: answered.id });
	const slip = await speak(ana, { body: "And the cake?" });
	await speak(ana, { body: "", retracts: slip.id });
	await speak(ana, { body: "\u{1f389}" });
	await speak(carla, { body: "\u{1f44d}", reacts: answered.id });
	await speak(ana, { body: "\u{1f44d}", reacts: answered.id });
	await speak(ana, { body: "\u2764\ufe0f", reacts: answered.id });
	if (photo !== undefined) await speak(carla, { body: "The meadow this morning", photo });
}

/** Waits until all have what one has: else two messages would change places. */
async function meet(from: Guest, all: readonly Guest[]): Promise<void> {
	const count = chatOf(from.writer.doc).length;
	await Promise.all(
		all.map(({ writer }) => writer.until(() => chatOf(writer.doc).length >= count)),
	);
}

function drawSun({ writer }: Guest): void {
	const strokes = [
		curve(60, (turn) => [360 + 70 * Math.cos(turn), 150 + 70 * Math.sin(turn)], [4, 2]),
		...Array.from({ length: 8 }, (_, ray) => {
			const turn = (ray / 8) * 2 * Math.PI;
			const at = (part: number): [number, number] => {
				const far = 88 + (part / (2 * Math.PI)) * 34;
				return [360 + far * Math.cos(turn), 150 + far * Math.sin(turn)];
			};
			return curve(6, at, [3, 1]);
		}),
		curve(80, (turn) => [40 + turn * 100, 330 + 26 * Math.sin(turn * 2)], [5, 2]),
		curve(80, (turn) => [40 + turn * 100, 380 + 20 * Math.sin(turn * 2 + 1)], [6, 1]),
		curve(40, (turn) => [120 + 40 * Math.cos(turn), 250 + 26 * Math.sin(turn)], [2, 1]),
	];
	writer.doc.transact(() => addStrokes(strokesOf(writer.doc), strokes));
}

/** Where the stalls stand, as shapes. */
function drawStalls({ writer }: Guest): void {
	const shapes = [
		["rectangle", 5, [470, 60, 590, 130], { fill: "tint" }],
		["ellipse", 6, [620, 60, 720, 130], { fill: "solid", opacity: 50 }],
		["diamond", 7, [540, 180, 640, 250], { dash: "dashed" }],
		["line", 0, [470, 280, 720, 280], { dash: "dotted" }],
		["arrow", 2, [590, 95, 618, 95], {}],
	] as const;
	writer.doc.transact(() => {
		for (const [kind, color, points, look] of shapes) {
			addStroke(
				strokesOf(writer.doc),
				{ kind, color, width: 1, points: Float64Array.from(points), pressures: null, times: null },
				{ ...plainLook, ...look },
			);
		}
	});
}

function curve(
	count: number,
	at: (turn: number) => readonly [number, number],
	[color, width]: readonly [number, number],
): Stroke {
	const points = Float64Array.from(
		Array.from({ length: count + 1 }, (_, step) => at((step / count) * 2 * Math.PI)).flat(),
	);
	return { kind: "pen", color, width, points, pressures: null, times: null };
}

const mix = (from: Rgb, to: Rgb, part: number): Rgb => [
	Math.round(from[0] + (to[0] - from[0]) * part),
	Math.round(from[1] + (to[1] - from[1]) * part),
	Math.round(from[2] + (to[2] - from[2]) * part),
];

/** Hills under a sky; `seedling` moves them. */
function hills(width: number, height: number, seedling: number) {
	const sky: readonly [Rgb, Rgb] =
		seedling % 2 === 0
			? [
					[120, 178, 226],
					[244, 214, 170],
				]
			: [
					[52, 60, 110],
					[238, 140, 110],
				];
	const greens: readonly Rgb[] = [
		[96, 140, 110],
		[62, 112, 78],
		[34, 78, 52],
	];
	return {
		width,
		height,
		colorAt(x: number, y: number): Rgb {
			for (let layer = greens.length - 1; layer >= 0; layer--) {
				const wave = Math.sin(x / (70 + 30 * layer) + seedling * (layer + 1));
				const top = height * (0.5 + 0.15 * layer) + wave * height * 0.06;
				const green = greens[layer];
				if (y > top && green !== undefined) return mix(green, [20, 40, 30], (y - top) / height);
			}
			return mix(sky[0], sky[1], y / (height * 0.7));
		},
	};
}

const pictures = [
	{ name: "meadow.png", caption: "The lower meadow", ...hills(960, 640, 0) },
	{ name: "evening.png", caption: "", ...hills(640, 640, 1) },
	{ name: "tall.png", caption: "From the tower, where the lamps will hang", ...hills(480, 720, 2) },
	{ name: "wide.png", caption: "Room for twelve stalls", ...hills(1280, 480, 3) },
	{ name: "blurred.png", caption: "", ...hills(600, 400, 4) },
	{ name: "dusk.png", caption: "", ...hills(900, 600, 5) },
];
