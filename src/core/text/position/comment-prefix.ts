import type { TextContext } from '../rules/types';
import { syntaxOf } from './languages';

type Place = Pick<TextContext, 'languageId' | 'position'>;

/** What a line of a comment begins with: indentation, marker and blanks (`  // `, ` * `); empty if it is no comment's line. */
export function commentPrefixOf(line: string, { languageId, position }: Place): string {
  const indent = /^\s*/u.exec(line)![0];
  const rest = line.slice(indent.length);
  const marker =
    position === 'block-comment'
      ? (/^(?:\/\*[*!]?|\*(?!\/)|<!--|--\[\[|\{-|"""|''')/u.exec(rest)?.[0] ?? '')
      : (syntaxOf(languageId).line.find((candidate) => rest.startsWith(candidate)) ?? '');
  if (marker === '') return '';
  const blanks = /^[ \t]*/u.exec(rest.slice(marker.length))![0];
  return indent + marker + blanks;
}

/** The text of a comment's line, without its prefix or the code in front of it. */
export function commentText(line: string, place: Place): string {
  const prefix = commentPrefixOf(line, place);
  if (prefix !== '') return line.slice(prefix.length);
  if (place.position === 'block-comment')
    return line.slice(Math.max(0, line.lastIndexOf('/*') + 2)).trimStart();
  const starts = syntaxOf(place.languageId).line.map((marker) => {
    const at = line.lastIndexOf(marker);
    return at === -1 ? 0 : at + marker.length;
  });
  return line.slice(Math.max(0, ...starts)).trimStart();
}

/**
 * What the line after `line` begins with so that it goes on in the same comment, or with the same indentation in code.
 * `bare` lines of a comment (between paragraphs) have no blank at the end.
 */
export function continuedPrefix(line: string, place: Place): string {
  const indent = /^\s*/u.exec(line)![0];
  switch (place.position) {
    case 'line-comment':
      return lineCommentPrefix(line, indent, place);
    case 'block-comment': {
      const prefix = commentPrefixOf(line, place);
      if (/^\s*\/\*/u.test(prefix)) return `${indent} * `;
      return /^\s*\*/u.test(prefix) ? prefix : indent;
    }
    case 'code':
    case 'markdown':
      return indent;
    case 'prose':
    case 'string':
    case 'commit-message':
    case 'terminal':
      return '';
  }
}

function lineCommentPrefix(line: string, indent: string, place: Place): string {
  const prefix = commentPrefixOf(line, place);
  if (prefix !== '') return /\s$/u.test(prefix) || line.length > prefix.length ? prefix : `${prefix} `;
  // Behind code: the next line is a comment of its own, as deep as the code.
  const marker = syntaxOf(place.languageId).line.find((candidate) => line.includes(candidate)) ?? '';
  return `${indent}${marker} `;
}
