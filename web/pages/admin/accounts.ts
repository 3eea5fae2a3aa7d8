/** `<weft-admin-accounts>`: who can sign in. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Millis } from "../../../shared/clock.ts";
import type { Asked, OperatedAccount, Page, ServerRules } from "../../../shared/operator.ts";
import type { Me } from "../../sync/me.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/admin/words.ts";
import { fullTime, timeAgo } from "../../ui/time.ts";
import { openAccountDialog, openInvitation, openNewAccount } from "./account-dialog.ts";
import { fetchAccounts } from "./admin-api.ts";
import { listSection } from "./list-parts.ts";
import { listingOf } from "./listing.ts";

/** Properties: `me`, and `signUp`, null before the server has said. */
export class WeftAdminAccounts extends LitElement {
	static override readonly properties = {
		me: { attribute: false },
		signUp: { attribute: false },
	};
	declare me: Me;
	declare signUp: ServerRules["signUp"] | null;
	readonly #listing = listingOf<Asked, Page<OperatedAccount>>(this, {
		fetch: fetchAccounts,
		query: { words: "", from: 0 },
	});

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const nowMs = Date.now();
		return listSection(this.#listing, {
			title: t("admin.members"),
			search: t("admin.members.search"),
			empty: t("admin.members.empty"),
			tools: this.#tools(),
			rows: html`<ul class="weft-admin__rows">
				${repeat(
					this.#listing.page?.rows ?? [],
					({ id }) => id,
					(account) => this.#row(account, nowMs),
				)}
			</ul>`,
		});
	}

	#tools(): TemplateResult {
		const add = (): void => openNewAccount(this.#listing.again);
		const invite = html`<button class="weft-button" aria-haspopup="dialog" @click=${openInvitation}>
			${icon("share")} ${t("admin.members.invite")}
		</button>`;
		return html`<button class="weft-button" aria-haspopup="dialog" @click=${add}>
				${icon("plus")} ${t("admin.members.add")}
			</button>
			${this.signUp === "invite" ? invite : nothing}`;
	}

	#row(account: OperatedAccount, nowMs: Millis): TemplateResult {
		const { id, name, isAdmin, isHere, madeAtMs } = account;
		const isMe = id === this.me.person.id;
		const marks = [
			...(isMe ? [["you", t("admin.members.you")]] : []),
			...(isAdmin ? [["operator", t("admin.here.operator")]] : []),
			...(isHere ? [["here", t("admin.members.here")]] : []),
		];
		const made = t("admin.members.made", { when: timeAgo(madeAtMs, nowMs) });
		return html`<li>
			<div class="weft-admin__who">
				<strong dir="auto">${name}</strong>
				<span title=${fullTime(madeAtMs)}>${made} · ${signedIn(account, nowMs)}</span>
				<span class="weft-admin__chips">
					${marks.map(
						([mark, text]) => html`<span class="weft-admin__chip" data-chip=${mark}>${text}</span>`,
					)}
				</span>
			</div>
			${
				isMe
					? nothing
					: html`<button
							class="weft-button"
							aria-haspopup="dialog"
							aria-label=${t("admin.members.manageOne", { name })}
							@click=${() => openAccountDialog(account, this.#listing.again)}
						>
							${t("admin.manage")}
						</button>`
			}
		</li>`;
	}
}

function signedIn({ signedInAtMs, loginCount }: OperatedAccount, nowMs: Millis): string {
	if (signedInAtMs === null) return t("admin.members.signedOut");
	const form = loginCount === 1 ? "one" : "other";
	const when = timeAgo(signedInAtMs, nowMs);
	return t(`admin.members.signedIn.${form}`, { when, count: loginCount });
}

customElements.define("weft-admin-accounts", WeftAdminAccounts);
