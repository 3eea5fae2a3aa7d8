/** Whether one is signed in, and the way in or out: a part of the dialog about oneself. */
import { html, nothing, type TemplateResult } from "lit";
import { isAccountId } from "../../../shared/ids.ts";
import { appUrl } from "../../sync/base.ts";
import type { Me } from "../../sync/me.ts";
import { withFaultId } from "../../ui/forms/fault.ts";
import { t } from "../../ui/messages.ts";
import { orSay, showToast } from "../../ui/toast.ts";
import { fetchLoginRules, signOut } from "./login-api.ts";
import "../../ui/messages/account.ts";

/** What stands there for who is signed in, or may sign in. `leave` closes the dialog it is in. */
export function accountPart(me: Me, leave: () => void): TemplateResult {
	return me.person.isSignedIn === true ? memberPart(me, leave) : guestPart(me, leave);
}

/** True where there is an account to sign in to or out of, or one could be made. */
export async function isAccountOfUse(me: Me): Promise<boolean> {
	if (me.person.isSignedIn === true) return true;
	try {
		const { hasAccounts, signUp } = await fetchLoginRules();
		return hasAccounts || signUp !== "off";
	} catch (error) {
		console.info("Whether anybody signs in here is not known:", error);
		return false;
	}
}

function memberPart(me: Me, leave: () => void): TemplateResult {
	const out = (everywhere: boolean) => () => void signMeOut(me, everywhere);
	const change = (): void => {
		leave();
		void askForPassword();
	};
	// Whom a host application speaks of has no password here.
	const button = html`<button type="button" class="weft-button" @click=${change}>
		${t("account.change")}
	</button>`;
	return html`<section class="weft-me__account">
		<p>${t("account.as", { name: me.person.name })}</p>
		<div>
			${me.person.isAdmin ? adminLink(leave) : nothing}
			<button type="button" class="weft-button" @click=${out(false)}>
				${t("account.signOut")}
			</button>
			${isAccountId(me.person.id) ? button : nothing}
			<button type="button" class="weft-button weft-button--ghost" @click=${out(true)}>
				${t("account.signOutEverywhere")}
			</button>
		</div>
	</section>`;
}

/** Only who runs the server has it. */
function adminLink(leave: () => void): TemplateResult {
	return html`<a class="weft-button" href=${appUrl("admin")} @click=${leave}>
		${t("account.admin")}
	</a>`;
}

function guestPart(me: Me, leave: () => void): TemplateResult {
	const ask = (): void => {
		leave();
		void askToSignIn(me);
	};
	return html`<section class="weft-me__account">
		<p>${t("account.guest")}</p>
		<div>
			<button type="button" class="weft-button" @click=${ask}>${t("account.signIn")}</button>
		</div>
	</section>`;
}

/** Asks for name and password over the page; `done` is called when `me` is who signed in. */
export function askToSignIn(me: Me, done?: () => void): Promise<void> {
	return orSay(async () => {
		const { openSignIn } = await import("./sign-in.ts");
		openSignIn(me, done);
	}, "account.unreachable");
}

function askForPassword(): Promise<void> {
	return orSay(async () => {
		const { openNewPassword } = await import("./new-password.ts");
		openNewPassword();
	}, "account.unreachable");
}

/** Nothing of who was here stays in any page: all begin anew, as a guest. */
async function signMeOut(me: Me, everywhere: boolean): Promise<void> {
	try {
		await signOut({ everywhere });
	} catch (error) {
		console.info("Still signed in:", error);
		showToast({ text: withFaultId(t("account.signOutFailed"), error) });
		return;
	}
	me.forget();
	location.reload();
}
