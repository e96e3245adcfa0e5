import * as vscode from 'vscode';

/** Every line of files with this beginning of their name can be commented. */
const REVIEWED = /(^|\/)reviewed[^/]*$/;

export function activate(/** @type {vscode.ExtensionContext} */ context) {
  const controller = vscode.comments.createCommentController('reviewer', 'Reviewer');
  controller.commentingRangeProvider = {
    provideCommentingRanges: ({ uri, lineCount }) =>
      REVIEWED.test(uri.path) ? [new vscode.Range(0, 0, lineCount - 1, 0)] : [],
  };
  context.subscriptions.push(controller);
}
