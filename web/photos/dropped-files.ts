/** Files that come by drop or paste. */

/** True while files are dragged; what they are is told only when they are dropped. */
export function holdsFiles(data: DataTransfer | null): boolean {
	return data?.types.includes("Files") ?? false;
}

/** The files, folders left out. */
export function filesOf(data: DataTransfer | null): File[] {
	const items = [...(data?.items ?? [])];
	const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry?.()?.isDirectory ?? false;
	return items
		.filter((item) => item.kind === "file" && !isFolder(item))
		.map((item) => item.getAsFile())
		.filter((file) => file !== null);
}

/** True where pasted words would go into a text: then pasted pictures are the text's too. */
export function isTypedInto(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || target.matches(fields));
}

const fields = "input, textarea, [contenteditable]";
