/** One dialog at a time: native, closed by Escape, by its button and by a click beside it. */
import { html, render, type TemplateResult } from "lit";
import "./dialog.css";
import { icon } from "./icons.ts";
import { t } from "./messages.ts";

/** What stands in a dialog. */
export interface DialogOptions {
	readonly title: string;
	readonly content: TemplateResult;
	/** An extra class for the dialog's own styles. */
	readonly className?: string;
}

/** An open dialog. */
export interface OpenDialog {
	readonly element: HTMLDialogElement;
	/** Shows other content, under the title it began with where none is given. */
	update(content: TemplateResult, title?: string): void;
	close(): void;
	readonly closed: Promise<void>;
}

/** Opens a modal dialog over the page; focus returns to where it was when it closes. */
export function openDialog(options: DialogOptions): OpenDialog {
	const element = document.createElement("dialog");
	element.className = `weft-dialog ${options.className ?? ""}`;
	const close = (): void => element.close();
	const update = (content: TemplateResult, title = options.title): void => {
		element.ariaLabel = title;
		render(frame(title, content, close), element);
	};
	update(options.content);
	element.addEventListener("pointerdown", (event) => {
		if (event.target === element && isBeside(event, element)) close();
	});
	const closed = new Promise<void>((resolve) => {
		element.addEventListener("close", () => {
			element.remove();
			resolve();
		});
	});
	document.body.append(element);
	element.showModal();
	return { element, update, close, closed };
}

/** Asks a yes-or-no question in words; false where it was closed any other way. */
export async function confirmDialog(options: {
	readonly title: string;
	readonly text: string;
	readonly yes: string;
	readonly isDangerous?: boolean;
}): Promise<boolean> {
	let answer = false;
	const say = (value: boolean) => () => {
		answer = value;
		dialog.close();
	};
	const yesClass = options.isDangerous ? "weft-button--danger" : "weft-button--primary";
	const dialog = openDialog({
		title: options.title,
		content: html`
			<p class="weft-dialog__text">${options.text}</p>
			<div class="weft-dialog__actions">
				<button class="weft-button" @click=${say(false)}>${t("frame.cancel")}</button>
				<button class="weft-button ${yesClass}" autofocus @click=${say(true)}>
					${options.yes}
				</button>
			</div>
		`,
	});
	await dialog.closed;
	return answer;
}

function frame(title: string, content: TemplateResult, close: () => void): TemplateResult {
	return html`
		<header class="weft-dialog__head">
			<h2>${title}</h2>
			<button class="weft-icon-button" aria-label=${t("frame.close")} @click=${close}>
				${icon("close")}
			</button>
		</header>
		<div class="weft-dialog__body">${content}</div>
	`;
}

function isBeside(event: PointerEvent, element: Element): boolean {
	const box = element.getBoundingClientRect();
	return (
		event.clientX < box.left ||
		event.clientX > box.right ||
		event.clientY < box.top ||
		event.clientY > box.bottom
	);
}
