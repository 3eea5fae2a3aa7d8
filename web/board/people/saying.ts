/** Words at one's own pointer: others read them there while they are typed, then in the chat. */
import "./saying.css";
import { type PresenceState, sayingLengthMax } from "../../../shared/awareness.ts";
import { chatLogOf } from "../../chat/chat-log.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { sayFailure, t } from "../../ui/messages.ts";
import { showToast } from "../../ui/toast.ts";
import "../../ui/board-words/carry.ts";
import { type Point, toBoard, toScreen } from "../camera.ts";
import type { Stage } from "../stage.ts";

/** What is typed is told so many times a second. */
const tellMs = 1_000 / 5;
/** What was said stays at the pointer for so long. */
const lingerMs = 8_000;
/** Keys that mean the same while one types: all that Alt and F keys do. */
const pageKeys = /^F\d+$/;

/** What words at a pointer need of the board. */
export interface SayingPorts {
	readonly client: RoomClient;
	readonly stage: Stage;
	/** The field is put behind it. */
	readonly host: HTMLElement;
	/** Tells the others where we point; null where we do not. */
	readonly point: (at: Point | null) => void;
}

/** The own words on one board. `close()` it when the board goes. */
export class Saying {
	readonly #ports: SayingPorts;
	readonly #field = document.createElement("input");
	readonly #unfollow: () => void;
	/** Where the pointer is; null where it is not over the board, or there is none. */
	#pointer: Point | null = null;
	/** Where the field stands, which the others see as our pointer where there is none. */
	#at: Point = { x: 0, y: 0 };
	#isOpen = false;
	#tellTimer = 0;
	#lingerTimer = 0;

	constructor(ports: SayingPorts) {
		this.#ports = ports;
		const field = this.#field;
		field.className = "weft-board__say";
		field.maxLength = sayingLengthMax;
		field.dir = "auto";
		field.enterKeyHint = "send";
		field.autocomplete = "off";
		field.placeholder = t("board.say.hint");
		field.setAttribute("aria-label", t("board.say"));
		field.addEventListener("input", () => this.#tellSoon());
		field.addEventListener("keydown", (event) => this.#onKey(event));
		field.addEventListener("blur", () => {
			if (field.value.trim() === "") this.#end(null);
		});
		this.#unfollow = ports.stage.onCamera(() => this.#place());
	}

	/** Our pointer is there; null where it left the board. True where the others are told so. */
	follow(pointer: Point | null): boolean {
		this.#pointer = pointer;
		if (pointer !== null) this.#at = pointer;
		this.#place();
		return pointer !== null || !this.#isSeen;
	}

	/** Opens the field at the pointer, or in the middle of the view. */
	open(): void {
		const { stage, host, point, client } = this.#ports;
		if (!client.may("chat")) return;
		const { camera, size } = stage;
		window.clearTimeout(this.#lingerTimer);
		if (!this.#isOpen) {
			this.#isOpen = true;
			const middle = { x: size.width / 2, y: size.height / 2 };
			this.#at = this.#pointer ?? toBoard(camera, middle);
			this.#field.value = "";
			this.#field.style.setProperty("--person", client.me.color);
			host.after(this.#field);
		}
		this.#place();
		this.#field.focus({ preventScroll: true });
		point(this.#at);
	}

	/** Safe to call twice. */
	close(): void {
		this.#unfollow();
		this.#end(null);
		window.clearTimeout(this.#lingerTimer);
	}

	/** True while there is something at our pointer. */
	get #isSeen(): boolean {
		return this.#isOpen || this.#lingerTimer !== 0;
	}

	#onKey(event: KeyboardEvent): void {
		if (event.altKey || pageKeys.test(event.key)) return;
		event.stopPropagation(); // Letters are no tools here.
		if (event.isComposing) return;
		if (event.key === "Escape") this.#leave(null);
		else if (event.key === "Enter") this.#say();
		else return;
		event.preventDefault();
	}

	#say(): void {
		const { client } = this.#ports;
		if (!client.may("chat")) {
			showToast({ text: sayFailure("not_allowed") }); // The words stay in the field.
			return;
		}
		const words = this.#field.value.trim();
		if (words !== "") chatLogOf(client).say([{ body: words }]);
		this.#leave(words || null);
	}

	/** The field goes, and keys are the board's again. */
	#leave(said: string | null): void {
		const paper = this.#ports.host.parentElement?.querySelector<HTMLElement>(".weft-board__paper");
		if (document.activeElement === this.#field) paper?.focus({ preventScroll: true });
		this.#end(said);
	}

	#end(said: string | null): void {
		if (!this.#isOpen) return;
		this.#isOpen = false; // A field that is taken away loses the focus, and tells of it.
		window.clearTimeout(this.#tellTimer);
		this.#tellTimer = 0;
		this.#field.value = "";
		this.#field.remove();
		this.#tell(said);
		if (said === null) this.#forget();
		else this.#lingerTimer = window.setTimeout(() => this.#forget(), lingerMs);
	}

	#forget(): void {
		this.#lingerTimer = 0;
		this.#tell(null);
		this.#ports.point(this.#pointer);
	}

	#tellSoon(): void {
		if (this.#tellTimer !== 0) return;
		this.#tellTimer = window.setTimeout(() => {
			this.#tellTimer = 0;
			this.#tell(this.#field.value.trim() || null);
		}, tellMs);
	}

	#tell(saying: string | null): void {
		const { client } = this.#ports;
		const told: PresenceState = client.awareness.getLocalState() ?? {};
		if ((told.saying ?? null) !== saying) client.setPresence({ saying });
	}

	#place(): void {
		if (!this.#isOpen) return;
		const { camera, size } = this.#ports.stage;
		const { x, y } = toScreen(camera, this.#at);
		const { offsetWidth, offsetHeight } = this.#field;
		const left = Math.max(8, Math.min(x + 12, size.width - offsetWidth - 8));
		const top = Math.max(8, Math.min(y + 18, size.height - offsetHeight - 8));
		this.#field.style.transform = `translate(${left}px, ${top}px)`;
	}
}

/** What somebody says at their pointer; a stranger's state may hold anything. */
export function sayingOf({ saying }: PresenceState): string {
	return typeof saying === "string" ? saying.slice(0, sayingLengthMax) : "";
}
