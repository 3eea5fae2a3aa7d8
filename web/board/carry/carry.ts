/**
 * What is carried into a board and out of it: the clipboard, files, pictures, paper. It is fetched
 * when nothing waits, or with the board's menu.
 */
import "./carry.css";
import type { TemplateResult } from "lit";
import * as Y from "yjs";
import { parsePhotoId } from "../../../shared/ids.ts";
import { renameEnds } from "../../../shared/surfaces/arrange/joins.ts";
import { readPhoto } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import { wordsKeys } from "../../../shared/surfaces/words/words.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { iconElement } from "../../ui/icons.ts";
import { type MessageKey, t, tCount } from "../../ui/messages.ts";
import { isTyping } from "../../ui/shortcuts.ts";
import { orSay, type Toast } from "../../ui/toast.ts";
import "../../ui/board-words/choose.ts";
import "../../ui/board-words/carry.ts";
import { deviceMemory } from "../../sync/me.ts";
import { type Point, toBoard, union } from "../camera.ts";
import { groupsAnew } from "../choose/groups.ts";
import { type DeviceSwitch, isOn, switches } from "../device-switch.ts";
import type { Easel } from "../easel.ts";
import type { BarActs, BarState } from "../toolbar.ts";
import { boxAt } from "../words/place.ts";
import { type Clip, findClip, readCarried, readSystemClip, writeClip } from "./carrier.ts";
import { isBoardFile, pickBoardFile, placeFiles, placePicked } from "./files.ts";
import {
	type Carried,
	carriedItemsMax,
	carriedLengthMax,
	entryAt,
	plainLetters,
	type Refusal,
} from "./format.ts";
import { followFiles } from "./incoming-files.ts";
import { renderMenu } from "./menu.ts";
import { jsonOf, type OutFormat, takeOut } from "./out.ts";
import { partOf } from "./picture.ts";

/** Where it stands, and whom it tells. */
export interface CarryPorts {
	readonly client: RoomClient;
	readonly easel: Easel;
	/** The board, which shows progress. */
	readonly host: HTMLElement;
	/** Takes the pointers. */
	readonly paper: HTMLElement;
	/** True where what is copied or pasted is the board's. */
	readonly isMeant: (event: Event) => boolean;
	readonly tell: (toast: Toast) => void;
}

const refusals: Readonly<Record<Refusal, MessageKey>> = {
	damaged: "carry.damaged",
	newer: "carry.newer",
	tooMuch: "carry.tooMuch",
	empty: "carry.empty",
};

/** What was copied last on this page: fingers have no keys, and not every page a clipboard. */
let lastCopied: { readonly json: string; readonly words: string } | null = null;

/** The carrier of one board. `close()` it when the board goes. */
export class Carry {
	readonly #ports: CarryPorts & { readonly toast: (text: string) => void };
	readonly #listening = new AbortController();
	/** Where the pointer is over the paper, in CSS pixels; null where it is not. */
	#pointer: Point | null = null;

	constructor(ports: CarryPorts) {
		const { tell, host, client, isMeant, paper } = ports;
		this.#ports = { ...ports, toast: (text) => tell({ text }) };
		const { signal } = this.#listening;
		const mayTake = () => client.may("board") && client.may("photos");
		const take = (files: readonly File[], at?: Point): unknown => this.takeFiles(files, at);
		const drop = document.createElement("div");
		drop.className = "weft-board__drop";
		drop.append(iconElement("image"), ` ${t("board.dropHere")}`);
		const held = (isHeld: boolean) => (isHeld ? host.append(drop) : drop.remove());
		followFiles(host, { mayTake, isMeant, held, take }, signal);
		window.addEventListener("copy", (event) => this.#copy(event, false), { signal });
		window.addEventListener("cut", (event) => this.#copy(event, true), { signal });
		window.addEventListener("paste", (event) => this.#paste(event), { signal });
		// Words that stay selected elsewhere would be what is copied, and where what is pasted goes.
		const unselect = (): void => getSelection()?.removeAllRanges();
		paper.addEventListener("focus", unselect, { signal });
		const follow = ({ clientX, clientY }: PointerEvent): void => {
			const { left, top } = paper.getBoundingClientRect();
			this.#pointer = { x: clientX - left, y: clientY - top };
		};
		paper.addEventListener("pointermove", follow, { signal });
		paper.addEventListener("pointerdown", follow, { signal });
		paper.addEventListener(
			"pointerleave",
			({ pointerType }) => {
				if (pointerType === "mouse") this.#pointer = null;
			},
			{ signal },
		);
	}

	/** Rows of the board's menu. */
	menu(state: BarState, acts: BarActs): TemplateResult {
		const then = (run: () => unknown): void => {
			acts.toggle("more");
			void run();
		};
		const { client, easel } = this.#ports;
		return renderMenu(state, {
			...acts,
			takeOut: (format) => then(() => this.takeOut(format)),
			open: () => then(() => this.#pick()),
			grid: () => then(() => this.switchGrid()),
			pressure: () => then(() => this.#switchPressure()),
			say: client.may("chat") ? () => then(() => easel.say()) : null,
			copy: () => then(() => this.#copyByHand()),
			paste: () => then(() => this.#pasteByHand()),
			bringBack: () => then(() => this.#openCleared()),
			clear: () => then(() => this.#clear()),
		});
	}

	/** What is drawn and moved snaps from now on, or no longer. */
	switchGrid(): void {
		this.#ports.toast(t(turn("grid") ? "choose.gridOn" : "choose.gridOff"));
	}

	#switchPressure(): void {
		this.#ports.toast(t(turn("even-lines") ? "board.pressureOff" : "board.pressureOn"));
	}

	/** The board or what is chosen of it, as a file or on paper. */
	takeOut(format: OutFormat): Promise<void> {
		return takeOut(format, this.#ports);
	}

	/** Puts what is in a file on the board: under a point in CSS pixels, or in the middle. */
	async open(file: Blob, at?: Point): Promise<void> {
		if (file.size > carriedLengthMax) return this.#refuse("tooMuch");
		this.#take(await file.text(), at);
	}

	/** Says why fingers draw no more; the menu lets them again. */
	penSeen(): void {
		this.#ports.toast(t("board.penSeen"));
	}

	/** Has the person choose a photo, and puts it down. */
	addPhoto(): Promise<void> {
		const { client, easel, tell } = this.#ports;
		return orSay(() => placePicked(client, easel), "board.photosFailed", tell);
	}

	/** Puts down what was dropped or pasted: photos, and boards. */
	takeFiles(files: readonly File[], at?: Point): Promise<void> {
		const work = async (): Promise<void> => {
			const photos = files.filter((file) => !isBoardFile(file));
			if (photos.length > 0) await placeFiles(this.#ports, photos, at);
			for (const file of files.filter(isBoardFile)) await this.open(file, at);
		};
		return orSay(work, "board.photosFailed", this.#ports.tell);
	}

	/** Safe to call twice. */
	close(): void {
		this.#listening.abort();
	}

	#copy(event: ClipboardEvent, isCut: boolean): void {
		const { client, easel, isMeant, toast } = this.#ports;
		const { chosen } = easel.tools;
		if (chosen.size === 0 || event.clipboardData === null || !isMeant(event)) return;
		if (isTyping(event.target)) return;
		if (getSelection()?.isCollapsed === false) return; // Words are chosen: those are meant.
		const part = partOf(easel.scene, chosen);
		if (part === null) return;
		event.preventDefault();
		const texts = part.items.flatMap(({ item }) => item.text || []);
		const words = texts.join("\n\n") || tCount("carry.words", part.items.length);
		const json = jsonOf(part, easel);
		const isWritten = writeClip(event.clipboardData, json, words);
		if (isWritten) lastCopied = { json, words };
		if (!isWritten) toast(t("carry.tooLargeForClipboard"));
		else if (isCut && client.may("board")) easel.tools.erase();
	}

	#paste(event: ClipboardEvent): void {
		const { client, isMeant } = this.#ports;
		const clip = event.clipboardData;
		if (event.defaultPrevented || clip === null || clip.files.length > 0) return;
		if (!client.may("board") || !isMeant(event) || isTyping(event.target)) return;
		if (this.#putClip(clip, this.#pointer ?? undefined)) event.preventDefault();
	}

	/** The event of copying is the one way that works over plain http, too. */
	#copyByHand(): void {
		const before = lastCopied;
		this.#ports.paper.focus();
		document.execCommand("copy");
		this.#ports.toast(t(lastCopied === before ? "carry.noCopy" : "carry.copied"));
	}

	async #pasteByHand(): Promise<void> {
		const clip = await readSystemClip();
		// What was copied here is at hand, also where the browser shows no clipboard, or less of it.
		const isOurs = clip === null || clip.getData("text/plain") === lastCopied?.words;
		if (isOurs && lastCopied !== null) this.#take(lastCopied.json);
		else if (clip === null || !this.#putClip(clip)) this.#ports.toast(t("carry.noPaste"));
	}

	/** Puts down what lies on a clipboard; false where there is nothing for a board. */
	#putClip(clip: Clip, at?: Point): boolean {
		const json = findClip(clip);
		const letters = json === null ? plainLetters(clip.getData("text/plain")) : "";
		if (json !== null) this.#take(json, at);
		else if (letters !== "") this.#write(letters, at);
		return json !== null || letters !== "";
	}

	/** Somebody's words: a text where one would have typed it. */
	#write(letters: string, screen?: Point): void {
		const { easel } = this.#ports;
		const { size, camera } = easel.stage;
		const at = this.#placeOf(screen);
		const { color, width, opacity } = easel.tools.style;
		const keys = wordsKeys({
			kind: "text",
			color,
			size: width,
			look: { fill: "none", dash: "solid", opacity },
			box: boxAt("text", width, { from: at, to: at, camera, size }),
		});
		easel.put([new Y.Map<unknown>([...keys, ["t", new Y.Text(letters)]])], () => undefined);
	}

	/** On the board: under a point in CSS pixels, or in the middle of what is seen. */
	#placeOf(screen?: Point): Point {
		const { size, camera } = this.#ports.easel.stage;
		return toBoard(camera, screen ?? { x: size.width / 2, y: size.height / 2 });
	}

	#take(json: string, at?: Point): void {
		const reading = readCarried(json);
		if (reading.kind === "refused") {
			this.#refuse(reading.why);
			return;
		}
		const { client, toast } = this.#ports;
		const here = reading.items.filter((item) => isHere(client, item));
		const missing = reading.items.length - here.length;
		try {
			this.#put(here, at);
		} catch (error) {
			console.info("Nothing was put down:", error); // Too large a drawing for where it fell.
			this.#refuse("damaged");
			return;
		}
		if (missing > 0) toast(tCount("carry.photosLeft", missing));
		if (reading.leftOut > 0) toast(tCount("carry.leftOut", reading.leftOut));
	}

	#put(items: readonly Carried[], at?: Point): void {
		const { easel } = this.#ports;
		const [first] = items;
		if (first === undefined) return;
		const place = this.#placeOf(at);
		const box = items.reduce((all, item) => union(all, item.box), first.box);
		const by = {
			x: place.x - (box.minX + box.maxX) / 2,
			y: place.y - (box.minY + box.maxY) / 2,
		};
		// All of them are made before any is put down.
		const groupOf = groupsAnew();
		easel.put(
			items.map((item) => entryAt(item, by, groupOf)),
			renameEnds,
		);
	}

	#refuse(why: Refusal): void {
		this.#ports.toast(t(refusals[why], { count: carriedItemsMax }));
	}

	#openCleared(): Promise<void> {
		const { client, toast } = this.#ports;
		const work = async (): Promise<void> => {
			const { openCleared } = await import("../../presence/cleared/cleared.ts");
			openCleared(client);
		};
		return orSay(work, "frame.room.surfaceMissing", ({ text }) => toast(text));
	}

	/** What can be taken back is offered until somebody closes it. */
	#clear(): void {
		const { easel, tell } = this.#ports;
		const action = { label: t("board.undo"), run: easel.clear() };
		tell({ text: t("board.cleared"), action, isLasting: true });
	}

	async #pick(): Promise<void> {
		const file = await pickBoardFile();
		if (file !== null) await this.open(file);
	}
}

/** A photo is a name for bytes that the room has, or has not. */
function isHere(client: RoomClient, { keys }: Carried): boolean {
	const name = keys.get("photo");
	if (name === undefined) return true;
	const id = parsePhotoId(String(name));
	const photo = id === null ? null : readPhoto(photosOf(client.doc), id);
	return photo !== null && !photo.gone;
}

/** On where it was off; on this device from now on. Returns what it is now. */
function turn(name: DeviceSwitch): boolean {
	const is = !isOn(name);
	switches.set(name, is);
	deviceMemory()?.setItem(`weft:${name}`, is ? "on" : "off");
	return is;
}
