/** Keys on the page that are meant for the board. */
import type { RoomClient } from "../../sync/room-client.ts";
import { isSwitchedOff } from "../../ui/shortcuts.ts";
import type { Point } from "../camera.ts";
import type { Easel } from "../easel.ts";
import { type KeyAct, mayDo, readKey } from "./keys.ts";
import { typeAhead } from "./type-ahead.ts";

/** What keys work on. */
export interface KeyboardPorts {
	readonly client: RoomClient;
	readonly easel: () => Easel | null;
	readonly isMeant: (event: Event) => boolean;
	readonly addPhoto: () => void;
	readonly talk: () => void;
	/** Says who made what is meant. */
	readonly who: () => void;
	readonly grid: () => void;
	/** Closes what lies over the drawing. True where something did. */
	readonly closePanel: () => boolean;
}

/** On a button or a link these are not for the drawing, which may lie under an open menu. */
const controlKeys = /^( |Enter|Arrow\w+|Delete|Backspace)$/;

/** What lies on top of the page is what Escape closes first. */
const onTop = "dialog[open], :popover-open:not(.weft-toasts)";

/** These do not wait for a tool's code: one gives up what does, the other leads on. */
const hastyKeys: readonly string[] = ["Escape", "Tab"];

/** Listens until the signal ends it. */
export function followKeys(ports: KeyboardPorts, signal: AbortSignal): void {
	const down = (event: KeyboardEvent): void => {
		const easel = ports.easel();
		if (easel === null || !ports.isMeant(event)) return;
		if (easel.tools.turn.isEmpty && typeAhead(easel.tools.writing, event)) {
			event.preventDefault();
			return;
		}
		if (isControl(event.target) && controlKeys.test(event.key)) return;
		if (event.key === " ") {
			event.preventDefault();
			easel.tools.holdSpace(true);
		} else if (!isSwitchedOff(event) && take(event, easel)) event.preventDefault();
	};
	const take = (event: KeyboardEvent, easel: Easel): boolean =>
		waits(event, easel, ports) ? isOurs(event) : press(event, easel, ports);
	const up = (event: Event): void => {
		if (!(event instanceof KeyboardEvent) || event.key === " ") {
			ports.easel()?.tools.holdSpace(false);
		}
	};
	window.addEventListener("keydown", down, { signal });
	window.addEventListener("keyup", up, { signal });
	window.addEventListener("blur", up, { signal }); // Another window hears it go up.
}

/** True where a key waits for a tool's code, and for what was done before it. */
function waits(event: KeyboardEvent, easel: Easel, ports: KeyboardPorts): boolean {
	const { turn, writing } = easel.tools;
	if (event.key === "Escape") turn.clear();
	if (hastyKeys.includes(event.key) || (turn.isEmpty && !isAwaited(event, easel))) return false;
	turn.add(() => {
		if (!typeAhead(writing, event)) press(event, easel, ports);
	});
	return true;
}

/** True where a key is done behind what waits: another tool does not wait for what is chosen. */
function isAwaited(event: KeyboardEvent, { tool, tools }: Easel): boolean {
	return tools.arriving !== null && !(tool === "select" && readKey(event)?.act === "tool");
}

/** True where the browser must not act on a key, whatever comes of it here. */
function isOurs(key: KeyboardEvent): boolean {
	return readKey(key) !== null || key.key.startsWith("Arrow");
}

/**
 * True where the key did something, and the browser should not. What is chosen has keys of its own;
 * Tab walks from the paper alone: elsewhere it leads on.
 */
function press(event: KeyboardEvent, easel: Easel, ports: KeyboardPorts): boolean {
	const act = readKey(event);
	if (act !== null) return mayDo(act, ports.client) && run(act, easel, ports);
	if (event.key === "Tab" && event.target !== easel.paper) return false;
	return easel.tools.press(event);
}

function run(act: KeyAct, easel: Easel, ports: KeyboardPorts): boolean {
	switch (act.act) {
		case "tool":
			easel.tools.take(act.tool);
			return true;
		case "nudge":
			return easel.tools.nudge(act) || look(act, easel);
		case "page":
			easel.view.page(act.step);
			return true;
		case "enter":
			return easel.tools.enter();
		case "escape":
			return ports.closePanel() || easel.tools.escape() || layDown(easel);
		case "zoomIn":
			easel.view.zoomBy(1);
			return true;
		case "zoomOut":
			easel.view.zoomBy(-1);
			return true;
		default:
			plainActs(easel, ports)[act.act]();
			return true;
	}
}

/** Arrows that nothing else wants move the paper. */
function look(way: Point, { tools, view }: Easel): boolean {
	// What is locked stays, and must not seem to move.
	const isWanted = tools.chosen.size === 0;
	if (isWanted) view.go(way);
	return isWanted;
}

/**
 * The pointer is in the hand then; others, too, may want the key that came so far. A laser goes out
 * by itself, a moment before or after the key.
 */
function layDown({ tools }: Easel): false {
	if (tools.name !== "laser" && document.querySelector(onTop) === null) tools.take("select");
	return false;
}

type DoneAct = Exclude<
	KeyAct["act"],
	"tool" | "nudge" | "page" | "enter" | "escape" | "zoomIn" | "zoomOut"
>;

function plainActs(easel: Easel, ports: KeyboardPorts): Record<DoneAct, () => void> {
	return {
		photo: ports.addPhoto,
		talk: ports.talk,
		say: () => easel.say(),
		who: ports.who,
		grid: ports.grid,
		keepTool: () => easel.tools.keep(),
		undo: () => easel.undo(),
		redo: () => easel.redo(),
		erase: () => easel.tools.erase(),
		chooseAll: () => easel.chooseAll(),
		zoomHome: () => easel.view.zoomHome(),
		fit: () => easel.view.fit(),
		fitChosen: () => easel.view.fit(easel.tools.chosen),
	};
}

function isControl(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest("button, a, [role=button]") !== null;
}
