import { pathOnlyDeny } from '../../../src/rules/access/path-only-deny';
import { unprotectedRoute } from '../../../src/rules/access/unprotected-route';
import { problemsOf } from '../../support/cluster';
test('x', () => {
  console.log(JSON.stringify(problemsOf(pathOnlyDeny, pathOnlyDeny.page.wrong), null, 1), JSON.stringify(problemsOf(pathOnlyDeny, pathOnlyDeny.page.right), null, 1));
  console.log(JSON.stringify(problemsOf(unprotectedRoute, unprotectedRoute.page.wrong), null, 1), JSON.stringify(problemsOf(unprotectedRoute, unprotectedRoute.page.right), null, 1));
});
