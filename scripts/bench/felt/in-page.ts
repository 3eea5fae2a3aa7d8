/**
 * What is noted inside of the page. Each of these functions is sent to the browser as its text: it
 * may use nothing but what it is handed. Times are of the wall clock, which all processes share.
 */

/** As much of the app as is looked at. */
interface Editor extends Element {
	readonly session?: { readonly quill: { getLength(): number } } | null;
}
interface Board extends Element {
	readonly easel?: {
		readonly isEmpty: boolean;
		readonly tileBytes: number;
		readonly scene: { items(): readonly unknown[] };
	} | null;
}

/** True once something is seen. */
type Sight = () => boolean;

interface Felt {
	/** When the canvas of that name was last drawn on; see `Stage`. */
	readonly drawn: Record<string, number>;
	/** When each photo's last byte had left. */
	readonly uploaded: number[];
	now(): number;
	/** Looks after each frame; resolves with the time at which it was first seen. */
	when(isSeen: Sight): Promise<number>;
	/** The same for many things that come in an order; gives all their times. */
	each(count: number, isSeen: (index: number) => boolean): Promise<number[]>;
	editor(): Editor | null;
	board(): Board | null;
	/** True where there is ink at a place of the window. */
	isInked(canvas: string, x: number, y: number): boolean;
	/** What was asked for by `begin`, until it is fetched. */
	begun: Promise<number[]> | null;
}
declare const felt: Felt;

/** Before the page's own code. */
export function install(): void {
	const drawn: Record<string, number> = {};
	const uploaded: number[] = [];
	const now = () => performance.timeOrigin + performance.now();
	const { fill, stroke } = CanvasRenderingContext2D.prototype;
	const note = (context: CanvasRenderingContext2D) => {
		drawn[context.canvas.className.split("--")[1] ?? ""] = now();
	};
	const noted = (draw: (...how: never[]) => void) =>
		function (this: CanvasRenderingContext2D, ...how: unknown[]) {
			note(this);
			draw.apply(this, how as never[]);
		};
	CanvasRenderingContext2D.prototype.fill = noted(fill);
	CanvasRenderingContext2D.prototype.stroke = noted(stroke);
	const { send } = XMLHttpRequest.prototype;
	XMLHttpRequest.prototype.send = function (body) {
		this.upload.addEventListener("load", () => uploaded.push(now()));
		send.call(this, body);
	};
	// A message comes after the frame was painted; the loop asks for its next frame first of all.
	const each = (count: number, isSeen: (index: number) => boolean) =>
		new Promise<number[]>((resolve) => {
			const times: number[] = [];
			const { port1, port2 } = new MessageChannel();
			let request = 0;
			port1.onmessage = () => {
				const nowMs = now();
				while (times.length < count && isSeen(times.length)) times.push(nowMs);
				if (times.length < count) return;
				cancelAnimationFrame(request);
				port1.close();
				resolve(times);
			};
			const look = () => {
				request = requestAnimationFrame(look);
				port2.postMessage(null);
			};
			look();
		});
	const isInked = (name: string, x: number, y: number) => {
		const canvas = document.querySelector<HTMLCanvasElement>(`.weft-board__canvas--${name}`);
		const context = canvas?.getContext("2d") ?? null;
		if (canvas === null || context === null) return false;
		const { left, top } = canvas.getBoundingClientRect();
		const at = [x - left, y - top].map((value) => Math.round(value * devicePixelRatio));
		return (context.getImageData(at[0] ?? 0, at[1] ?? 0, 1, 1).data[3] ?? 0) > 0;
	};
	const felt: Felt = {
		drawn,
		uploaded,
		now,
		each,
		when: async (isSeen) => (await each(1, isSeen))[0] ?? Number.NaN,
		editor: () => document.querySelector<Editor>("weft-editor"),
		board: () => document.querySelector<Board>("weft-board"),
		isInked,
		begun: null,
	};
	Object.assign(globalThis, { felt });
}

/**
 * Resolves when the pen could draw: the board is there, and seen. Gives where a part of it is in
 * the window, which who sees it knows too: 0 to 1 of its width and height.
 */
export async function whenBoard([x, y]: readonly [number, number]): Promise<[number, number]> {
	await felt.when(() => felt.board()?.easel != null);
	const paper = document.querySelector(".weft-board__paper");
	if (paper === null) throw new Error("the board is not shown");
	const { left, top, width, height } = paper.getBoundingClientRect();
	return [Math.round(left + x * width), Math.round(top + y * height)];
}

/** Resolves when a key would go into the document: the caret is in it. */
export function whenCaret(): Promise<number> {
	return felt.when(() => document.activeElement?.closest(".ql-editor") != null);
}

/** Resolves when ink of the own pen was drawn since `sinceMs`. */
export function whenInk(sinceMs: number): Promise<number> {
	return felt.when(() => (felt.drawn["ink"] ?? 0) >= sinceMs);
}

/**
 * Resolves when ink of somebody else was ever drawn, or there is a stroke beside the one that was
 * drawn here: of a quick one the ink may come with the stroke itself.
 */
export function whenTheirInk(): Promise<number> {
	const strokes = () => felt.board()?.easel?.scene.items().length ?? 0;
	return felt.when(() => felt.drawn["above"] !== undefined || strokes() > 1);
}

/** Resolves when the document holds at least so many letters. */
export function whenLetters(count: number): Promise<number> {
	return felt.when(() => (felt.editor()?.session?.quill.getLength() ?? 0) > count);
}

/** Resolves when the document says that. */
export function whenText(text: string): Promise<number> {
	return felt.when(() => felt.editor()?.textContent?.includes(text) === true);
}

/** Resolves when all of a large room is to be seen: so many letters, and a board with tiles. */
export function whenFull(letters: number): Promise<number> {
	return felt.when(() => {
		const length = felt.editor()?.session?.quill.getLength() ?? 0;
		const easel = felt.board()?.easel ?? null;
		return length > letters && easel !== null && !easel.isEmpty && easel.tileBytes > 0;
	});
}

/** Resolves when somebody else has that name in the list of people. */
export function whenNamed(name: string): Promise<number> {
	return felt.when(
		() => document.querySelector("#weft-people-list")?.textContent?.includes(name) === true,
	);
}

/** Resolves when there are so many photos; `isLoaded`: and the pictures of all. */
export function whenPhotos([count, isLoaded]: readonly [number, boolean]): Promise<number> {
	return felt.when(() => {
		const tiles = [...document.querySelectorAll(".weft-photos__tile")];
		if (tiles.length < count) return false;
		const pictures = tiles.map((tile) => tile.querySelector("img"));
		return !isLoaded || pictures.every((one) => one?.complete && one.naturalWidth > 0);
	});
}

/** When the last byte of the last photo had left; NaN before. */
export function uploadedMs(): number {
	return felt.uploaded.at(-1) ?? Number.NaN;
}

/** From now on notes when each of these places shows somebody else's ink, in their order. */
export function beginInk(places: readonly (readonly [number, number])[]): void {
	felt.begun = felt.each(places.length, (index) => {
		const [x = 0, y = 0] = places[index] ?? [];
		return felt.isInked("above", x, y);
	});
}

/** From now on notes when each of so many letters is there, behind `length` that are. */
export function beginLetters([length, count]: readonly [number, number]): void {
	const shown = () => felt.editor()?.session?.quill.getLength() ?? 0;
	felt.begun = felt.each(count, (index) => shown() > length + index + 1);
}

/** What came of it. */
export function begun(): Promise<number[]> {
	return felt.begun ?? Promise.resolve([]);
}

/** How many letters the document holds. */
export function letterCount(): number {
	return (felt.editor()?.session?.quill.getLength() ?? 1) - 1;
}

/** How long each frame took, for so long. */
export function frameTimes(ms: number): Promise<number[]> {
	return new Promise((resolve) => {
		const times: number[] = [];
		const startMs = performance.now();
		let lastMs = Number.NaN;
		const next = (atMs: number) => {
			if (!Number.isNaN(lastMs)) times.push(atMs - lastMs);
			lastMs = atMs;
			if (atMs - startMs < ms) requestAnimationFrame(next);
			else resolve(times);
		};
		requestAnimationFrame(next);
	});
}

/** True where the page can be used without a network, so that it comes from this device. */
export async function whenKept(): Promise<void> {
	if ("serviceWorker" in navigator) await navigator.serviceWorker.ready;
}

/** Resolves when the first page stands there, and the code that a room shows first has come. */
export async function whenWarm(): Promise<void> {
	const names = ["weft-home", "weft-room", "weft-editor", "weft-board"];
	await Promise.all(names.map((name) => customElements.whenDefined(name)));
	await felt.when(() => document.querySelector(".weft-home__main") !== null);
}

/** Makes a photo as a phone takes it, of 12 million pixels, none like another. */
export async function makePhoto(index: number): Promise<void> {
	const canvas = new OffscreenCanvas(4_032, 3_024);
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("there is no canvas");
	const sky = context.createLinearGradient(0, 0, 4_032, 3_024);
	sky.addColorStop(0, `hsl(${(index * 67) % 360} 60% 70%)`);
	sky.addColorStop(1, `hsl(${(index * 67 + 120) % 360} 60% 30%)`);
	context.fillStyle = sky;
	context.fillRect(0, 0, 4_032, 3_024);
	for (let leaf = 0; leaf < 3_000; leaf++) {
		const at = (leaf * 2_654_435_761 + index * 40_503) >>> 0;
		context.fillStyle = `hsl(${at % 360} 50% ${30 + (leaf % 40)}%)`;
		context.fillRect(at % 4_032, (at >>> 8) % 3_024, 20 + (leaf % 90), 10 + (leaf % 50));
	}
	const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
	Object.assign(globalThis, { photo: new File([blob], `photo ${index}.jpg`, { type: blob.type }) });
}

/** Picks the photo that was made, as by the button; gives when. */
export function pickPhoto(): number {
	const input = document.querySelector<HTMLInputElement>("weft-photos input[type=file]");
	const { photo } = globalThis as unknown as { photo?: File };
	if (input === null || photo === undefined) throw new Error("nothing can be picked");
	const picked = new DataTransfer();
	picked.items.add(photo);
	input.files = picked.files;
	const atMs = felt.now();
	input.dispatchEvent(new Event("change", { bubbles: true }));
	return atMs;
}
