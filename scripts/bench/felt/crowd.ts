/** How even the frames are of who looks at a room in which 35 people draw and write. */
import * as Y from "yjs";
import { encodeInk, encodeUpdate } from "../../../shared/protocol.ts";
import { addStroke } from "../../../shared/surfaces/board.ts";
import { encodeInkPayload, type InkPoint } from "../../../shared/surfaces/ink/ink.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { below, type Random } from "../../converge/random.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { penStroke } from "../../replay/material.ts";
import { Seat } from "../people/seat.ts";
import { lettersBetween, typed } from "../people/updates.ts";
import { awarenessMessage } from "../people/words.ts";
import type { House } from "./house.ts";
import { frameTimes, whenTheirInk } from "./in-page.ts";

/** Of 35 people so many draw; the others write. */
const drawerShare = 20 / 35;
/** A pen tells its ink 30 times a second, two points at a time, and is lifted after two seconds. */
const inkEveryMs = 1_000 / 30;
const pointsEach = 2;
const tellsAStroke = 60;
/** So many tells of ink later the pointer is told: 10 times a second. */
const tellsAPointer = 3;
/** A steady typist. */
const letterEveryMs = 200;
const clientIdMin = 2 ** 28;
/** The board that they draw on, in its units. */
const paper = { width: 640, height: 640 };

/** How long each frame took, in milliseconds. */
export async function framesInCrowd(
	house: House,
	{ people, seconds }: { readonly people: number; readonly seconds: number },
): Promise<number[]> {
	const path = house.newRoom();
	const viewer = await house.arrive();
	await viewer.open(path);
	await viewer.drawAtOnce();
	const drawers = Math.round(people * drawerShare);
	const { server, random } = house;
	const crowd = await Crowd.join(server, roomOf(path), { people, drawers, random });
	try {
		await viewer.sees(whenTheirInk, null);
		// Until all of them have begun, and the page's code is warm.
		await new Promise((resolve) => setTimeout(resolve, 2_000));
		return await viewer.sees(frameTimes, seconds * 1_000);
	} finally {
		crowd.leave();
		await house.empty();
	}
}

function roomOf(path: string): string {
	return path.split("/")[2] ?? "";
}

/** Cheap clients that draw and write until they leave. */
export class Crowd {
	readonly #seats: Seat[] = [];
	readonly #timers: NodeJS.Timeout[] = [];

	/** So many people join, the first of them as drawers; all begin at once. */
	static async join(
		server: ServerProcess,
		room: string,
		{
			people,
			drawers,
			random,
		}: { readonly people: number; readonly drawers: number; readonly random: Random },
	): Promise<Crowd> {
		const crowd = new Crowd();
		for (let index = 0; index < people; index++) {
			const seat = await Seat.join(server, room);
			const clientId = clientIdMin + below(random, 2 ** 31);
			crowd.#seats.push(seat);
			const isDrawer = index < drawers;
			const act = isDrawer ? drawing(seat, clientId, random) : writing(seat, clientId);
			crowd.#timers.push(setInterval(act, isDrawer ? inkEveryMs : letterEveryMs));
		}
		return crowd;
	}

	/** Everybody leaves. */
	leave(): void {
		for (const timer of this.#timers) clearInterval(timer);
		for (const seat of this.#seats) seat.leave();
	}
}

/** Types the next letter at each call. */
function writing(seat: Seat, clientId: number): () => void {
	let count = 0;
	return () => {
		const letter = lettersBetween(count, count + 1);
		seat.send(seat.words.frame(encodeUpdate(typed(clientId, count++, letter))));
	};
}

/** Draws the next points at each call, and ends a stroke now and then. */
function drawing(seat: Seat, clientId: number, random: Random): () => void {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	const say = (message: Uint8Array) => seat.send(seat.words.frame(message));
	doc.on("update", (update: Uint8Array) => say(encodeUpdate(update)));
	let points: InkPoint[] = [];
	let turn = random() * 2 * Math.PI;
	let [x, y] = [below(random, paper.width), below(random, paper.height)];
	let tellCount = 0;
	let strokeCount = 1;
	const style = { color: below(random, 8), width: 1 };
	const ink = (payload: Parameters<typeof encodeInkPayload>[0]) =>
		say(encodeInk(clientId, encodeInkPayload(payload)));
	return () => {
		const from = points.length;
		for (let point = 0; point < pointsEach; point++) {
			turn += (random() - 0.5) * 0.8;
			x = inside(x + 5 * Math.cos(turn), paper.width);
			y = inside(y + 5 * Math.sin(turn), paper.height);
			points.push({ x, y, pressure: 0.5 });
		}
		ink({
			type: "points",
			kind: "pen",
			ink: strokeCount,
			...style,
			from,
			points: points.slice(from),
		});
		if (tellCount % tellsAPointer === 0) {
			const pointer = JSON.stringify({ surface: "board", pointer: { x, y } });
			say(awarenessMessage(clientId, tellCount + 1, pointer));
		}
		if (++tellCount % tellsAStroke !== 0) return;
		const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
		addStroke(strokesOf(doc), penStroke(xs, ys, { left: 0, top: 0, color: style.color }));
		ink({ type: "end", ink: strokeCount++, clock: Y.getState(doc.store, clientId) });
		points = [];
	};
}

function inside(value: number, max: number): number {
	return Math.min(max, Math.max(0, value));
}
