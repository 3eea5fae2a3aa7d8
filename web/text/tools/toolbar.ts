/** The row of buttons above the text. One Tab stop; arrows move inside, Escape goes back. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { textIcons } from "../../ui/icons/text.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import { sayKeys } from "../../ui/shortcuts.ts";
import { type ActiveFormats, type Command, isActive } from "./commands.ts";
import "./toolbar.css";

interface Tool {
	readonly command: Command;
	readonly name: MessageKey;
	readonly face: IconName | "H1" | "H2" | "H3";
	/** In the words of a keyboard with Ctrl. */
	readonly keys?: string;
	/** True for buttons that stay pressed while their format holds. */
	readonly isToggle: boolean;
}

function toggle(command: Command, name: MessageKey, face: Tool["face"], keys = ""): Tool {
	return { command, name, face, keys, isToggle: true };
}

function act(command: Command, name: MessageKey, face: Tool["face"], keys = ""): Tool {
	return { command, name, face, keys, isToggle: false };
}

const groups: readonly (readonly Tool[])[] = [
	[
		act({ kind: "undo" }, "text.undo", "undo", "Ctrl+Z"),
		act({ kind: "redo" }, "text.redo", "redo", "Ctrl+Shift+Z"),
	],
	([1, 2, 3] as const).map((level) =>
		toggle({ kind: "header", level }, `text.header${level}`, `H${level}`, `Ctrl+Alt+${level}`),
	),
	[
		toggle({ kind: "mark", mark: "bold" }, "text.bold", textIcons.bold, "Ctrl+B"),
		toggle({ kind: "mark", mark: "italic" }, "text.italic", textIcons.italic, "Ctrl+I"),
		toggle({ kind: "mark", mark: "underline" }, "text.underline", textIcons.underline, "Ctrl+U"),
		toggle({ kind: "mark", mark: "strike" }, "text.strike", textIcons.strike, "Ctrl+Shift+X"),
		toggle({ kind: "mark", mark: "code" }, "text.code", textIcons.code, "Ctrl+E"),
	],
	[
		toggle({ kind: "list", list: "bullet" }, "text.bullet", textIcons.listBulleted, "Ctrl+Shift+8"),
		toggle(
			{ kind: "list", list: "ordered" },
			"text.ordered",
			textIcons.listNumbered,
			"Ctrl+Shift+7",
		),
		toggle({ kind: "list", list: "unchecked" }, "text.tasks", textIcons.listCheck, "Ctrl+Shift+9"),
		toggle({ kind: "line", line: "blockquote" }, "text.quote", textIcons.quote),
		toggle({ kind: "line", line: "code-block" }, "text.codeBlock", textIcons.codeBlock),
	],
	[
		toggle({ kind: "link" }, "text.link", textIcons.link, "Ctrl+K"),
		act({ kind: "photo" }, "text.photo", "image"),
		act({ kind: "talk" }, "text.talk", "chat", "Ctrl+Alt+M"),
	],
	[
		act({ kind: "indent", by: -1 }, "text.outdent", textIcons.outdent, "Ctrl+,"),
		act({ kind: "indent", by: 1 }, "text.indent", textIcons.indent, "Ctrl+."),
		toggle({ kind: "align", align: "center" }, "text.center", textIcons.alignCenter),
		toggle({ kind: "align", align: "right" }, "text.right", textIcons.alignRight),
		toggle({ kind: "direction" }, "text.direction", textIcons.rightToLeft),
		act({ kind: "plain" }, "text.plain", textIcons.clearFormat, "Ctrl+\\"),
	],
];

const tools = groups.flat();

/** What the toolbar shows; replaced as a whole when it changes. */
export interface ToolState {
	readonly formats: ActiveFormats;
	readonly canUndo: boolean;
	readonly canRedo: boolean;
}

/** `<weft-text-tools .state .run .leave>`: the buttons. */
export class WeftTextTools extends LitElement {
	static override readonly properties = {
		state: { attribute: false },
		focusIndex: { state: true },
	};

	declare state: ToolState;
	/** The button that Tab reaches. */
	declare focusIndex: number;
	/** Does what a button asks for. */
	run: (command: Command) => void = () => undefined;
	/** Goes back to the text. */
	leave: () => void = () => undefined;

	constructor() {
		super();
		this.state = { formats: {}, canUndo: false, canRedo: false };
		this.focusIndex = 0;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Puts the focus on the button that was used last. */
	enter(): void {
		this.#focus(this.focusIndex);
	}

	protected override render(): TemplateResult {
		return html`<div
			class="weft-text-tools"
			role="toolbar"
			aria-label=${t("text.tools")}
			@keydown=${this.#onKey}
			@mousedown=${keepFocus}
		>
			${groups.map(
				(group) =>
					html`<div class="weft-text-toolgroup">${group.map((tool) => this.#button(tool))}</div>`,
			)}
		</div>`;
	}

	#button(tool: Tool): TemplateResult {
		const name = t(tool.name);
		const keys = tool.keys ? ` (${sayKeys(tool.keys)})` : "";
		const index = tools.indexOf(tool);
		return html`<button
			type="button"
			class="weft-icon-button"
			title=${name + keys}
			aria-label=${isLetters(tool.face) ? nothing : name}
			aria-pressed=${tool.isToggle ? String(isActive(tool.command, this.state.formats)) : nothing}
			aria-disabled=${this.#isOff(tool) ? "true" : nothing}
			tabindex=${index === this.focusIndex ? 0 : -1}
			@click=${() => this.#press(tool, index)}
		>
			${faceOf(tool)}
		</button>`;
	}

	#isOff({ command }: Tool): boolean {
		if (command.kind === "undo") return !this.state.canUndo;
		return command.kind === "redo" && !this.state.canRedo;
	}

	#press(tool: Tool, index: number): void {
		this.focusIndex = index;
		if (!this.#isOff(tool)) this.run(tool.command);
	}

	readonly #onKey = (event: KeyboardEvent): void => {
		const isRight = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
		const isLeft = isRight === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
		const steps: Record<string, number> = {
			[isRight]: (this.focusIndex + 1) % tools.length,
			[isLeft]: (this.focusIndex + tools.length - 1) % tools.length,
			Home: 0,
			End: tools.length - 1,
		};
		const next = steps[event.key];
		if (event.key !== "Escape" && next === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		if (next === undefined) this.leave();
		else this.#focus(next);
	};

	#focus(index: number): void {
		this.focusIndex = index;
		const button = this.querySelectorAll("button")[index];
		button?.focus();
		button?.scrollIntoView({ block: "nearest", inline: "nearest" });
	}
}

function isLetters(face: Tool["face"]): face is "H1" | "H2" | "H3" {
	return face === "H1" || face === "H2" || face === "H3";
}

/** Letters on a button are part of its name: people may say them aloud to press it. */
function faceOf({ face, name }: Tool): TemplateResult {
	if (!isLetters(face)) return icon(face);
	return html`<b>${face}</b><span class="weft-hidden">${t(name)}</span>`;
}

/** A button that is pressed by pointer leaves the selection where it is. */
function keepFocus(event: MouseEvent): void {
	event.preventDefault();
}

customElements.define("weft-text-tools", WeftTextTools);
