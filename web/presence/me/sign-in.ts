/** `<weft-sign-in>`: name and password, and an account for who has none where that is allowed. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { passwordLengthMin, personNameLengthMax } from "../../../shared/limits.ts";
import type { Me } from "../../sync/me.ts";
import { openDialog } from "../../ui/dialog.ts";
import { sayFault } from "../../ui/forms/fault.ts";
import { sayFailure, t } from "../../ui/messages.ts";
import { fetchLoginRules, type LoginForm, type LoginRules, signIn, signUp } from "./login-api.ts";
import "../../ui/messages/account.ts";
import { passwordField } from "./password-field.ts";
import "../people.css";
import "./sign-in.css";

/** Before the server has said more. */
const firstRules: LoginRules = { hasGuests: true, hasAccounts: true, signUp: "off" };

/**
 * Set `me`, and `done`, which is called when `me` is who signed in. The form may turn from signing
 * in to a new account: `heading` says what stands above it, `turned` is told.
 */
export class WeftSignIn extends LitElement {
	static override readonly properties = {
		me: { attribute: false },
		done: { attribute: false },
		heading: { attribute: false },
		turned: { attribute: false },
		rules: { state: true },
		isNew: { state: true },
		isBusy: { state: true },
		trouble: { state: true },
	};
	declare me: Me;
	declare done: () => void;
	declare heading: (isNew: boolean) => TemplateResult | typeof nothing;
	declare turned: (isNew: boolean) => void;
	declare rules: LoginRules;
	/** True while an account is to be made. */
	declare isNew: boolean;
	declare isBusy: boolean;
	/** What went wrong, in words; empty where nothing did. */
	declare trouble: string;

	constructor() {
		super();
		this.heading = () => nothing;
		this.turned = () => undefined;
		this.rules = firstRules;
		this.isNew = false;
		this.isBusy = false;
		this.trouble = "";
	}

	override connectedCallback(): void {
		super.connectedCallback();
		void this.#learnRules();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override firstUpdated(): void {
		this.querySelector<HTMLInputElement>("input[name=name]")?.focus();
	}

	protected override updated(changed: PropertyValues): void {
		if (changed.has("isNew")) this.turned(this.isNew);
	}

	protected override render(): TemplateResult {
		const label = titleOf(this.isNew);
		return html`
			${this.heading(this.isNew)}
			<form class="weft-me weft-sign-in" @submit=${this.#onSubmit}>
				${this.isNew && this.rules.signUp === "invite" ? this.#invitationField() : nothing}
				${this.#nameField()}
				${passwordField({ label: t("account.password"), name: "password", isNew: this.isNew })}
				<p class="weft-me__note ${this.trouble === "" ? "" : "weft-me__note--bad"}" role="status">
					${this.trouble || this.#note()}
				</p>
				<button class="weft-button weft-button--primary" ?disabled=${this.isBusy}>${label}</button>
				${this.rules.signUp === "off" ? this.#operatorNote() : this.#otherWay()}
			</form>
		`;
	}

	#nameField(): TemplateResult {
		return html`<label>
			<span class="weft-me__label">${t("account.name")}</span>
			<input
				class="weft-input"
				name="name"
				maxlength=${personNameLengthMax}
				autocomplete="username"
				autocapitalize="none"
				spellcheck="false"
			/>
		</label>`;
	}

	#invitationField(): TemplateResult {
		return html`<label>
			<span class="weft-me__label">${t("account.invitation")}</span>
			<input
				class="weft-input"
				name="invitation"
				autocomplete="off"
				spellcheck="false"
				.value=${invitationHere()}
			/>
		</label>`;
	}

	#note(): string {
		return t(this.isNew ? "account.passwordNote" : "account.comesAlong");
	}

	#operatorNote(): TemplateResult {
		return html`<p class="weft-me__note">${t("account.operator")}</p>`;
	}

	#otherWay(): TemplateResult {
		const turn = (): void => {
			this.isNew = !this.isNew;
			this.trouble = "";
		};
		return html`<button type="button" class="weft-button weft-button--ghost" @click=${turn}>
			${t(this.isNew ? "account.toKnown" : "account.toNew")}
		</button>`;
	}

	async #learnRules(): Promise<void> {
		try {
			this.rules = await fetchLoginRules();
			this.isNew = this.rules.signUp !== "off" && invitationHere() !== "";
		} catch (error) {
			console.info("Whether accounts can be made here is not known:", error);
		}
	}

	readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
		event.preventDefault();
		if (this.isBusy) return;
		const form = readForm(event.currentTarget as HTMLFormElement);
		this.trouble = this.#troubleWith(form);
		if (this.trouble !== "") return;
		this.isBusy = true;
		try {
			this.me.set(await (this.isNew ? signUp(form) : signIn(form)));
			this.done();
		} catch (error) {
			this.trouble = sayFault(error, t("account.unreachable"));
		} finally {
			this.isBusy = false;
		}
	};

	#troubleWith({ name, password, invitation }: LoginForm): string {
		if (name === "" || password === "" || invitation === "") return t("account.empty");
		const isShort = this.isNew && password.length < passwordLengthMin;
		return isShort ? sayFailure("bad_password") : "";
	}
}

/** What the form is for. */
export function titleOf(isNew: boolean): string {
	return t(isNew ? "account.new" : "account.signIn");
}

/** The invitation in the address, as it is sent around: behind the #, which no server is told. */
function invitationHere(): string {
	return new URLSearchParams(location.hash.slice(1)).get("invitation") ?? "";
}

/** What somebody put into the field: the invitation, or the address that it came in. */
function invitationIn(text: string): string {
	return text.trim().replace(/^.*#invitation=/, "");
}

function readForm(form: HTMLFormElement): LoginForm {
	const fields = new FormData(form);
	const read = (name: string): string => String(fields.get(name) ?? "");
	const given = { name: read("name").trim(), password: read("password") };
	return fields.has("invitation")
		? { ...given, invitation: invitationIn(read("invitation")) }
		: given;
}

/** Asks for name and password over the page; `done` is called when `me` is who signed in. */
export function openSignIn(me: Me, done: () => void = () => undefined): void {
	const leave = (): void => {
		dialog.close();
		done();
	};
	const turned = (isNew: boolean): void => dialog.update(content, titleOf(isNew));
	const content = html`<weft-sign-in .me=${me} .done=${leave} .turned=${turned}></weft-sign-in>`;
	const dialog = openDialog({ title: titleOf(invitationHere() !== ""), content });
}

customElements.define("weft-sign-in", WeftSignIn);
