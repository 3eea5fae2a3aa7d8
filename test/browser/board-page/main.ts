/**
 * A page with one or more boards whose docs are connected inside the page, for real pointers and
 * pixels without a server. `?boards=2&late=60` says how many, and how many milliseconds apart.
 */
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Person, PresenceState } from "../../../shared/awareness.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { itemPoints } from "../../../shared/surfaces/arrange/item-points.ts";
import { addStrokes, type BoardItem, paletteNames } from "../../../shared/surfaces/board.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import "../../../web/ui/tokens.css";
import "../../../web/ui/base.css";
import type { WeftBoard } from "../../../web/board/board.ts";
import "../../../web/board/board.ts";
import type { RoomClient, RoomClientEvents } from "../../../web/sync/room-client.ts";

type InkEvent = RoomClientEvents["ink"];

/** A room's client without a server; what one says the others hear, after `lateMs`. */
class PageClient {
	readonly room = "page" as RoomName;
	readonly doc = new Y.Doc();
	readonly awareness = new Awareness(this.doc);
	readonly ready = Promise.resolve();
	readonly synced = Promise.resolve();
	readonly status = { phase: "saved" };
	readonly rights = { onChange: () => () => undefined };
	readonly me: Person;
	readonly others: PageClient[] = [];
	readonly inkListeners = new Set<(event: InkEvent) => void>();
	inkCount = 0;

	constructor(name: string, color: string) {
		this.me = { id: `g_${name}`, name, color };
		this.awareness.setLocalState({ user: this.me });
		this.doc.on("update", (update: Uint8Array, origin: unknown) => {
			if (origin === "network") return;
			for (const other of this.others) later(() => Y.applyUpdate(other.doc, update, "network"));
		});
		this.awareness.on("update", () => {
			const state = this.awareness.getLocalState();
			for (const { awareness } of this.others) {
				awareness.states.set(this.doc.clientID, { ...state });
				awareness.emit("change", [{ added: [], updated: [this.doc.clientID], removed: [] }, "x"]);
			}
		});
	}

	on(event: string, listen: (event: InkEvent) => void): () => void {
		if (event !== "ink") return () => undefined;
		this.inkListeners.add(listen);
		return () => this.inkListeners.delete(listen);
	}

	may(): boolean {
		return true;
	}

	setPresence(part: Partial<PresenceState>): void {
		this.awareness.setLocalState({ ...this.awareness.getLocalState(), ...part });
	}

	people(): { clientId: number; state: PresenceState }[] {
		return [...this.awareness.getStates()]
			.filter(([clientId]) => clientId !== this.doc.clientID)
			.map(([clientId, state]) => ({ clientId, state: state as PresenceState }));
	}

	sendInk(ink: Uint8Array): void {
		this.inkCount++;
		const { clientID: clientId } = this.doc;
		for (const other of this.others) {
			for (const listen of other.inkListeners) later(() => listen({ clientId, ink }));
		}
	}

	url(path: string): string {
		return path;
	}

	isWritable(): boolean {
		return true;
	}
}

const query = new URLSearchParams(location.search);
const lateMs = Number(query.get("late") ?? 0);

function later(run: () => void): void {
	if (lateMs === 0) queueMicrotask(run);
	else setTimeout(run, lateMs);
}

const people = [
	["Ann", "#b3541e"],
	["Ben", "#1e6bb3"],
	["Cleo", "#6b3fa0"],
] as const;
const clients = people
	.slice(0, Number(query.get("boards") ?? 1))
	.map(([name, color]) => new PageClient(name, color));
for (const client of clients) client.others.push(...clients.filter((other) => other !== client));

const boards = clients.map((client) => {
	const board = document.createElement("weft-board");
	board.client = client as unknown as RoomClient;
	document.body.append(board);
	return board;
});

/**
 * Gives the first board lines as one update of somebody else; x and y in turn. Returns the
 * milliseconds until the next frame was drawn.
 */
async function load(lines: readonly number[][]): Promise<number> {
	const doc = new Y.Doc();
	const plain = { kind: "pen", pressures: null, times: null } as const;
	const strokes = lines.map((points, index) => {
		const style = { color: index % paletteNames.length, width: index % 2 };
		return { ...plain, ...style, points: Float64Array.from(points) };
	});
	addStrokes(strokesOf(doc), strokes);
	const update = Y.encodeStateAsUpdate(doc);
	const fromMs = performance.now();
	const [first] = clients;
	if (first !== undefined) Y.applyUpdate(first.doc, update, "network");
	await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
	return Math.round(performance.now() - fromMs);
}

/**
 * What is drawn at a point of the page on one kind of canvas: a colour as `r,g,b`, or null where
 * only the paper is.
 */
function pixel(name: string, left: number, top: number): string | null {
	const board = boards.find((each) => {
		const box = each.getBoundingClientRect();
		return left >= box.left && left < box.right;
	});
	const canvas = board?.querySelector<HTMLCanvasElement>(`.weft-board__canvas--${name}`);
	const context = canvas?.getContext("2d");
	if (!board || !canvas || !context) return null;
	if (!canvas.checkVisibility({ visibilityProperty: true })) return null;
	const box = canvas.getBoundingClientRect();
	const scale = canvas.width / box.width;
	const at = [(left - box.left) * scale, (top - box.top) * scale] as const;
	const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(...at, 1, 1).data;
	const paper = getComputedStyle(board).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
	const away = [red, green, blue].map((part, index) => Math.abs(part - (paper[index] ?? 0)));
	return alpha < 128 || Math.max(...away) < 70 ? null : `${red},${green},${blue}`;
}

/** Both ends of a line as it is seen, in units. */
function endsOf(item: BoardItem): number[] {
	const { points } = itemPoints(item);
	return [...points.subarray(0, 2), ...points.subarray(-2)];
}

/** What the boards told the person. */
const said: string[] = [];
addEventListener("weft-toast", (event) => {
	said.push((event as CustomEvent<{ text: string }>).detail.text);
});

/** Lines for `load` that cross the view, the same at every call. */
function lines(count: number): number[][] {
	return Array.from({ length: count }, (_, line) =>
		Array.from({ length: 40 }, (_, at) =>
			at % 2 === 0
				? 100 + ((line * 37) % 700) + at * 2
				: 100 + ((line * 53) % 400) + 9 * Math.sin(line + at / 3),
		),
	);
}

/**
 * Of the squares of four pixels where a picture has ink, the share where another looks otherwise:
 * each smooths its edges in its own way, and in the mean of a square that is not seen.
 */
async function difference(...addresses: [string, string]): Promise<number> {
	const images = await Promise.all(
		addresses.map(async (address) => {
			const image = new Image();
			image.src = address;
			await image.decode();
			return image;
		}),
	);
	const { naturalWidth = 1, naturalHeight = 1 } = images[0] ?? {};
	const [width, height] = [Math.round(naturalWidth / 4), Math.round(naturalHeight / 4)];
	const [one, other] = images.map((image) => {
		// An SVG would be painted smaller, not shrunk.
		const whole = new OffscreenCanvas(naturalWidth, naturalHeight);
		whole.getContext("2d")?.drawImage(image, 0, 0, naturalWidth, naturalHeight);
		const context = new OffscreenCanvas(width, height).getContext("2d", {
			willReadFrequently: true,
		});
		if (context === null) throw new Error("no canvas");
		context.imageSmoothingQuality = "high";
		context.drawImage(whole, 0, 0, width, height);
		return context.getImageData(0, 0, width, height).data;
	});
	let [inked, unlike] = [0, 0];
	for (let at = 0; at < width * height * 4; at += 4) {
		const parts = [0, 1, 2].map((part) => [one?.[at + part] ?? 0, other?.[at + part] ?? 0]);
		if (parts.every(([a = 0, b = 0]) => Math.min(a, b) >= 250)) continue;
		inked++;
		if (parts.some(([a = 0, b = 0]) => Math.abs(a - b) > 32)) unlike++;
	}
	return unlike / Math.max(1, inked);
}

declare global {
	interface Window {
		said: string[];
		lines: typeof lines;
		difference: typeof difference;
		load: typeof load;
		pixel: typeof pixel;
		endsOf: typeof endsOf;
		clients: PageClient[];
		boards: WeftBoard[];
		Y: typeof Y;
	}
}
Object.assign(window, { clients, boards, load, pixel, endsOf, said, lines, difference, Y });
