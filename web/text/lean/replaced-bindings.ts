/** Bindings of Quill's own that are in the way of ours, by name (quill/modules/keyboard). */
export const replacedBindings: readonly string[] = [
	...["bold", "italic", "underline", "indent", "outdent", "remove tab", "tab"],
	...["indent code-block", "outdent code-block", "list autofill"],
	...["table backspace", "table delete", "table enter", "table tab", "table down", "table up"],
];
