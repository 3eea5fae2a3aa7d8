/** What who runs the server does with accounts: make one, give a new password, sign out, remove. */
import { html, type TemplateResult } from "lit";
import {
	passwordLengthMax,
	passwordLengthMin,
	personNameLengthMax,
} from "../../../shared/limits.ts";
import type { OperatedAccount } from "../../../shared/operator.ts";
import { appUrl } from "../../sync/base.ts";
import { randomBytes } from "../../sync/random.ts";
import { confirmDialog, openDialog } from "../../ui/dialog.ts";
import { sayFault, withFaultId } from "../../ui/forms/fault.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { icon } from "../../ui/icons.ts";
import { sayFailure, t } from "../../ui/messages.ts";
import "../../ui/messages/account.ts";
import "../../ui/admin/words.ts";
import { copyText } from "../../ui/take-out.ts";
import { showToast } from "../../ui/toast.ts";
import {
	addAccount,
	endLogins,
	makeInvitation,
	removeAccount,
	resetPassword,
} from "./admin-api.ts";
import { deedList } from "./list-parts.ts";

/** Called when something is otherwise now. */
type Changed = () => Promise<void>;

/** Opens what can be done with an account. */
export function openAccountDialog(account: OperatedAccount, changed: Changed): void {
	const { name, isAdmin, loginCount } = account;
	const then = (act: () => Promise<void>) => () => {
		dialog.close();
		void act();
	};
	const signOut = {
		label: t("admin.members.signOut"),
		text: t("admin.members.signOutText"),
		isDisabled: loginCount === 0,
		run: then(() => signSomebodyOut(account, changed)),
	};
	const reset = {
		label: t("admin.members.reset"),
		text: t("admin.members.resetText"),
		run: then(async () => openReset(account, changed)),
	};
	const remove = {
		label: t("admin.members.remove"),
		text: t("admin.members.removeText"),
		isDangerous: true,
		run: then(() => removeSomebody(account, changed)),
	};
	const dialog = openDialog({
		title: name,
		className: "weft-admin-dialog",
		content: isAdmin
			? html`${deedList([signOut])}
					<p class="weft-admin__note">${t("admin.members.operator")}</p>`
			: deedList([signOut, reset, remove]),
	});
}

/** Opens the form of a new account. */
export function openNewAccount(changed: Changed): void {
	openForm({
		title: t("admin.members.add"),
		note: t("admin.members.addNote"),
		hasName: true,
		save: async (name, password) => {
			await addAccount(name, password);
			return t("admin.members.added", { name });
		},
		changed,
	});
}

function openReset({ id, name }: OperatedAccount, changed: Changed): void {
	openForm({
		title: t("admin.members.resetTitle", { name }),
		note: t("admin.members.addNote"),
		hasName: false,
		save: async (_name, password) => {
			await resetPassword(id, password);
			return t("admin.members.resetDone", { name });
		},
		changed,
	});
}

async function signSomebodyOut({ id, name }: OperatedAccount, changed: Changed): Promise<void> {
	const isSure = await confirmDialog({
		title: t("admin.members.signOutTitle", { name }),
		text: t("admin.members.signOutText"),
		yes: t("admin.members.signOut"),
		isDangerous: true,
	});
	if (isSure) await tell(() => endLogins(id), t("admin.members.signedOutDone", { name }), changed);
}

async function removeSomebody({ id, name }: OperatedAccount, changed: Changed): Promise<void> {
	const isSure = await confirmDialog({
		title: t("admin.members.removeTitle", { name }),
		text: t("admin.members.removeText"),
		yes: t("admin.members.remove"),
		isDangerous: true,
	});
	if (isSure) await tell(() => removeAccount(id), t("admin.members.removed", { name }), changed);
}

async function tell(act: () => Promise<void>, done: string, changed: Changed): Promise<void> {
	try {
		await act();
		showToast({ text: done });
	} catch (error) {
		console.info("Not done:", error);
		showToast({ text: withFaultId(t("admin.undone"), error) });
	}
	await changed();
}

interface Form {
	readonly title: string;
	readonly note: string;
	readonly hasName: boolean;
	/** Does it, and says so in words. */
	readonly save: (name: string, password: string) => Promise<string>;
	readonly changed: Changed;
}

function openForm(form: Form): void {
	const proposed = proposePassword();
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		const fields = new FormData(event.currentTarget as HTMLFormElement);
		const [name, password] = [fields.get("name"), fields.get("password")].map((text) =>
			String(text ?? "").trim(),
		);
		const trouble = await save(form, name ?? "", password ?? "");
		if (trouble === "") dialog.close();
		else dialog.update(fieldsOf(form, { proposed, trouble, submit }));
	};
	const dialog = openDialog({
		title: form.title,
		className: "weft-admin-dialog",
		content: fieldsOf(form, { proposed, trouble: "", submit }),
	});
	dialog.element.querySelector("input")?.focus();
}

/** What went wrong, in words, or nothing. */
async function save(form: Form, name: string, password: string): Promise<string> {
	if (form.hasName && name === "") return t("account.empty");
	if (password.length < passwordLengthMin) return sayFailure("bad_password");
	try {
		showToast({ text: await form.save(name, password) });
	} catch (error) {
		return sayFault(error, t("account.unreachable"));
	}
	await form.changed();
	return "";
}

interface Shown {
	readonly proposed: string;
	readonly trouble: string;
	readonly submit: (event: Event) => Promise<void>;
}

/** The password can be read: it is told to somebody else, and not by heart. */
function fieldsOf({ note, hasName }: Form, { proposed, trouble, submit }: Shown): TemplateResult {
	const nameField = html`<label>
		<span>${t("account.name")}</span>
		<input class="weft-input" name="name" maxlength=${personNameLengthMax} autocomplete="off" />
	</label>`;
	return html`<form class="weft-admin__form" @submit=${submit}>
		${hasName ? nameField : ""}
		<label>
			<span>${t("admin.members.password")}</span>
			<input
				class="weft-input"
				name="password"
				value=${proposed}
				maxlength=${passwordLengthMax}
				autocomplete="off"
				spellcheck="false"
			/>
		</label>
		<p class=${trouble === "" ? "" : "weft-admin__bad"} role="status">${trouble || note}</p>
		<button class="weft-button weft-button--primary">${t("admin.members.save")}</button>
	</form>`;
}

/** Letters that nobody takes for others, in groups that can be said: 79 random bits. */
function proposePassword(): string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789";
	const chosen = Array.from(randomBytes(16), (byte) => letters[byte % letters.length]);
	return [0, 4, 8, 12].map((at) => chosen.slice(at, at + 4).join("")).join("-");
}

/** Makes an invitation and shows it, once. */
export async function openInvitation(): Promise<void> {
	try {
		showInvitation(await makeInvitation());
	} catch (error) {
		console.info("No invitation was made:", error);
		showToast({ text: withFaultId(t("admin.undone"), error) });
	}
}

/** As an address: who opens it is asked for no more than a name and a password. */
function showInvitation(invitation: string): void {
	const address = new URL(`${appUrl("")}#invitation=${invitation}`, location.href).href;
	const copy = async ({ currentTarget }: Event): Promise<void> => {
		const field = (currentTarget as Element).parentElement?.querySelector("input");
		if (field && (await copyText(address, field))) {
			showToast({ text: t("admin.members.copied") });
		}
	};
	openDialog({
		title: t("admin.members.invite"),
		className: "weft-admin-dialog",
		content: html`<p class="weft-dialog__text">${t("admin.members.inviteText")}</p>
			<div class="weft-admin__copy">
				<input
					class="weft-input"
					readonly
					value=${address}
					aria-label=${t("account.invitation")}
				/>
				<button class="weft-button" @click=${copy}>
					${icon(moreIcons.copy)} ${t("admin.members.copy")}
				</button>
			</div>`,
	});
}
