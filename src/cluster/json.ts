/* The readers are with the checks of single objects, which cluster/ imports. */
export * from '../objects/json';
