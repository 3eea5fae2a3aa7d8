/** What can be done with an item that somebody points at. */
import { html, render } from "lit";
import { icon } from "../../ui/icons.ts";
import "../../ui/board-words/shapes.ts";
import { t } from "../../ui/messages.ts";
import { onDismiss, placePopover } from "../../ui/popover.ts";

/** Where the menu is, and what it does. */
export interface ItemMenu {
	readonly place: DOMRect;
	/** What it is and who made it. */
	readonly words: string;
	readonly talk: () => void;
	readonly closed: () => void;
}

/** Opens it beside the item; the paper has the focus again when it closes. */
export function openItemMenu(paper: HTMLElement, { place, words, talk, closed }: ItemMenu): void {
	const menu = document.createElement("div");
	menu.className = "weft-popover weft-item-menu";
	menu.popover = "manual";
	menu.role = "menu";
	menu.ariaLabel = words;
	const close = (): void => {
		if (!menu.isConnected) return;
		const hadFocus = menu.contains(document.activeElement);
		cancel();
		menu.remove();
		if (hadFocus) paper.focus({ preventScroll: true });
		closed();
	};
	const start = (): void => {
		close();
		talk();
	};
	render(
		html`<p class="weft-item-menu__words" aria-hidden="true">${words}</p>
			<button
			type="button"
			role="menuitem"
			class="weft-button weft-button--ghost"
			aria-keyshortcuts="Control+Alt+M"
			@click=${start}
		>
			${icon("chat")} ${t("board.talk")}
		</button>`,
		menu,
	);
	paper.after(menu);
	menu.showPopover();
	placePopover(menu, { getBoundingClientRect: () => place });
	menu.querySelector("button")?.focus({ preventScroll: true });
	const cancel = onDismiss(menu, close);
	menu.addEventListener("focusout", ({ relatedTarget }) => {
		if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) close();
	});
}
