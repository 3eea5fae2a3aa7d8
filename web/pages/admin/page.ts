/** `<weft-admin>`: what is on the server, who is there and how it does, for who runs it. */
import { html, LitElement, type TemplateResult } from "lit";
import "./admin.css";
import "./cards.css";
import "./dialogs.css";
import type { ServerFigures } from "../../../shared/operator.ts";
import { askToSignIn } from "../../presence/me/account.ts";
import type { Me } from "../../sync/me.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/account.ts";
import "../../ui/admin/words.ts";
import { homeMark } from "../home-mark.ts";
import { setPageTitle } from "../page-title.ts";
import { wordsPage } from "../words-page.ts";
import "./accounts.ts";
import "./here.ts";
import "./rooms.ts";
import "./server-figures.ts";

/** Property: `me`. */
export class WeftAdmin extends LitElement {
	static override readonly properties = {
		me: { attribute: false },
		signUp: { state: true },
	};
	declare me: Me;
	/** Who may make an account of their own; null before the server has said. */
	declare signUp: ServerFigures["rules"]["signUp"] | null;
	#unlisten: () => void = () => undefined;

	constructor() {
		super();
		this.signUp = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		setPageTitle(`${t("admin.title")} · ${t("frame.name")}`);
		this.#unlisten = this.me.onChange(() => this.requestUpdate());
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unlisten();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const { me } = this;
		if (me.person.isAdmin !== true) {
			return wordsPage({
				title: t("admin.notYou"),
				text: t("admin.notYouText"),
				action: { label: t("account.signIn"), run: () => void askToSignIn(me) },
			});
		}
		const learn = ({ detail }: CustomEvent<ServerFigures>): void => {
			this.signUp = detail.rules.signUp;
		};
		return html`<main class="weft-admin">
			<header class="weft-admin__bar">
				${homeMark()}
				<div>
					<h1>${t("admin.title")}</h1>
					<p>${t("admin.lead")}</p>
				</div>
			</header>
			<weft-admin-server @figures=${learn}></weft-admin-server>
			<weft-admin-rooms></weft-admin-rooms>
			<weft-admin-here></weft-admin-here>
			<weft-admin-accounts .me=${me} .signUp=${this.signUp}></weft-admin-accounts>
		</main>`;
	}
}

customElements.define("weft-admin", WeftAdmin);
