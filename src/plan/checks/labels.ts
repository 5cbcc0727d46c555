import { IConstruct } from 'constructs';
import { checkWritable } from './checks';
import { invalid, show } from './errors';
import { isLabelValue, isMetadataKey } from './metadata-names';

type At = IConstruct | string;

const MAX_NAME = 63;

/**
 * Checks labels by the rules of Kubernetes.
 *
 * @internal
 */
export function checkLabels(at: At, what: string, labels: { readonly [label: string]: string }): void {
  for (const key of Object.keys(labels)) {
    checkKey(at, `label ${show(key)} of ${what}`, key);
    const value = labels[key];
    if (typeof value !== 'string' || value.length > MAX_NAME) {
      throw invalid(at, `value ${show(value)} of label ${key} of ${what}`, 'expected a string of at most 63 characters');
    }
    if (!isLabelValue(value)) {
      throw invalid(at, `value ${show(value)} of label ${key} of ${what}`,
        'expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit');
    }
  }
}

/**
 * Checks annotations by the rules of Kubernetes.
 *
 * @internal
 */
export function checkAnnotations(at: At, what: string, annotations: { readonly [annotation: string]: string }): void {
  for (const key of Object.keys(annotations)) {
    checkKey(at, `annotation ${show(key)} of ${what}`, key.toLowerCase());
    const value = annotations[key];
    if (typeof value !== 'string') throw invalid(at, `value ${show(value)} of annotation ${key} of ${what}`, 'expected a string');
  }
}

function checkKey(at: At, what: string, key: string): void {
  checkWritable(at, what.slice(0, what.indexOf(' ')), key);
  if (!isMetadataKey(key)) {
    throw invalid(at, what, 'expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash');
  }
}
