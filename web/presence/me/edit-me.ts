/** The dialog in which a person changes their name and colour. */
import { html, nothing, type TemplateResult } from "lit";
import type { Person } from "../../../shared/awareness.ts";
import { personNameLengthMax } from "../../../shared/limits.ts";
import { personColors } from "../../../shared/person-colors.ts";
import type { Me } from "../../sync/me.ts";
import { openDialog } from "../../ui/dialog.ts";
import { icon } from "../../ui/icons.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import "../../ui/messages/people.ts";
import { avatar } from "../avatar.ts";
import "./notify-switch.ts";
import { saveMe } from "./save-me.ts";
import "../people.css";

/** What each colour is called, for who does not see it. */
const colorNames: Readonly<Record<(typeof personColors)[number], MessageKey>> = {
	"#b3261e": "frame.color.red",
	"#a34a00": "frame.color.orange",
	"#7a5b00": "frame.color.ochre",
	"#3f6b1d": "frame.color.green",
	"#0b6b5d": "frame.color.teal",
	"#00668b": "frame.color.petrol",
	"#2f5bb7": "frame.color.blue",
	"#6a4bc0": "frame.color.violet",
	"#93358f": "frame.color.purple",
	"#a8315f": "frame.color.pink",
};

/** Opens it. What is chosen is shown at once, and saved with the button or Enter. */
export function editMe(me: Me): void {
	let draft: Person = me.person;
	let trouble = "";
	let accountPart: (() => TemplateResult) | null = null;
	const show = (part: Partial<Person>): void => {
		draft = { ...draft, ...part };
		trouble = "";
		dialog.update(form());
	};
	const save = async (event: Event): Promise<void> => {
		event.preventDefault();
		trouble = await saveMe(me, draft);
		if (trouble === "") dialog.close();
		else dialog.update(form());
	};
	const isMember = me.person.isSignedIn === true;
	const form = (): TemplateResult => html`
		${meForm({ draft, trouble, isMember, show, save })}
		<weft-notify-switch></weft-notify-switch>
		${accountPart?.() ?? nothing}
	`;
	const dialog = openDialog({ title: t("frame.me"), content: form() });
	dialog.element.querySelector<HTMLInputElement>("input[name=name]")?.select();
	void loadAccountPart(me, () => dialog.close()).then((part) => {
		accountPart = part;
		dialog.update(form());
	});
}

/** Comes when it is looked at; null where there is no account to speak of. */
async function loadAccountPart(me: Me, leave: () => void): Promise<(() => TemplateResult) | null> {
	try {
		const { accountPart, isAccountOfUse } = await import("./account.ts");
		return (await isAccountOfUse(me)) ? () => accountPart(me, leave) : null;
	} catch (error) {
		console.info("The part about accounts cannot be had now:", error);
		return null;
	}
}

interface MeForm {
	readonly draft: Person;
	readonly trouble: string;
	/** Who signs in is called as their account is. */
	readonly isMember: boolean;
	readonly show: (part: Partial<Person>) => void;
	readonly save: (event: Event) => Promise<void>;
}

function meForm({ draft, trouble, isMember, show, save }: MeForm): TemplateResult {
	return html`
		<form class="weft-me" @submit=${save}>
			<div class="weft-me__name">
				${avatar({ ...draft, name: draft.name.trim() || "?" })}
				<label>
					<span class="weft-me__label">${t("frame.me.name")}</span>
					<input
						class="weft-input"
						name="name"
						maxlength=${personNameLengthMax}
						autocomplete="nickname"
						?readonly=${isMember}
						.value=${draft.name}
						@input=${(event: Event) => show({ name: (event.target as HTMLInputElement).value })}
					/>
				</label>
			</div>
			<fieldset>
				<legend class="weft-me__label">${t("frame.me.color")}</legend>
				<div class="weft-me__colors">
					${personColors.map((color) => swatch(color, draft.color, show))}
				</div>
			</fieldset>
			<p class="weft-me__note ${trouble === "" ? "" : "weft-me__note--bad"}" role="status">
				${trouble || t(isMember ? "frame.me.memberNote" : "frame.me.note")}
			</p>
			<button class="weft-button weft-button--primary">${t("frame.me.save")}</button>
		</form>
	`;
}

function swatch(
	color: (typeof personColors)[number],
	chosen: string,
	show: MeForm["show"],
): TemplateResult {
	return html`
		<label class="weft-me__color" .style=${`background:${color}`}>
			<input
				type="radio"
				name="color"
				aria-label=${t(colorNames[color])}
				.checked=${color === chosen}
				@change=${() => show({ color })}
			/>
			${icon("check")}
		</label>
	`;
}
