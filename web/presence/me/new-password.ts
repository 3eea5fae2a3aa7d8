/** The dialog in which somebody who is signed in takes another password. */
import { html, type TemplateResult } from "lit";
import { passwordLengthMin } from "../../../shared/limits.ts";
import { openDialog } from "../../ui/dialog.ts";
import { sayFault } from "../../ui/forms/fault.ts";
import { sayFailure, t } from "../../ui/messages.ts";
import { changePassword } from "./login-api.ts";
import "../../ui/messages/account.ts";
import { passwordField } from "./password-field.ts";
import "../people.css";
import "./sign-in.css";

/** Opens it. The page begins anew when it is done: its rooms come back as who is signed in now. */
export function openNewPassword(): void {
	let isBusy = false;
	const save = async (event: Event): Promise<void> => {
		event.preventDefault();
		if (isBusy) return; // The same once more would count as a wrong password.
		isBusy = true;
		const fields = new FormData(event.currentTarget as HTMLFormElement);
		const trouble = await change(String(fields.get("password")), String(fields.get("next")));
		if (trouble === "") return location.reload();
		isBusy = false;
		dialog.update(form(trouble, save));
	};
	const dialog = openDialog({ title: t("account.change"), content: form("", save) });
}

/** What went wrong, in words, or nothing. */
async function change(password: string, next: string): Promise<string> {
	if (password === "") return t("account.empty");
	if (next.length < passwordLengthMin) return sayFailure("bad_password");
	try {
		await changePassword(password, next);
		return "";
	} catch (error) {
		return sayFault(error, t("account.unreachable"));
	}
}

function form(trouble: string, save: (event: Event) => Promise<void>): TemplateResult {
	return html`
		<form class="weft-me weft-sign-in" @submit=${save}>
			${passwordField({ label: t("account.present"), name: "password", isNew: false })}
			${passwordField({ label: t("account.next"), name: "next", isNew: true })}
			<p class="weft-me__note ${trouble === "" ? "" : "weft-me__note--bad"}" role="status">
				${trouble || t("account.passwordNote")}
			</p>
			<button class="weft-button weft-button--primary">${t("account.change")}</button>
		</form>
	`;
}
