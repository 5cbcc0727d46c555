import { existsSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App } from 'cdk8s';
import { IConstruct } from 'constructs';
import { pathOf } from '../plan/checks/errors';
import { CONSTRUCT_RECORD, RecordedConstruct } from '../plan/construct-record';

/** The part of an App that tells whether validations follow. */
interface Recording {
  readonly recordConstructMetadata?: boolean;
}

/**
 * Records the constructs of all objects for validations of cdk8s-cli, where it asks for them. Its own record is by the name of the object alone.
 *
 * @internal
 */
export function recordConstructs(scope: IConstruct): void {
  const app = scope.node.root;
  if (!(app instanceof App) || (app as object as Recording).recordConstructMetadata !== true || !existsSync(app.outdir)) return;
  const objects = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
  writeFileSync(join(app.outdir, CONSTRUCT_RECORD), JSON.stringify(objects.map((object): RecordedConstruct => ({
    apiVersion: object.apiVersion, kind: object.kind, namespace: object.metadata.namespace, name: object.name, path: pathOf(object),
  }))));
}
