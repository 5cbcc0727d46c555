// istiod serves the configuration of many small worlds, one after another or side by side, from one process.
//
// POST /worlds starts a discovery server of Istio's own for the objects in the request and answers with the
// address of its aggregated discovery service; DELETE /worlds/{id} ends it. There is no cluster behind it: the
// Kubernetes objects are those of the request. GET /certificate makes a certificate that is signed by itself.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	discovery "istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/security"
	"istio.io/istio/pkg/test"
	pki "istio.io/istio/security/pkg/pki/util"
)

// world is one request: what istiod would find in a cluster.
type world struct {
	Istio      string   `json:"istio"`      // objects of Istio's kinds, as YAML documents
	Kubernetes string   `json:"kubernetes"` // objects of the core kinds, as YAML documents
	MeshConfig string   `json:"meshConfig"` // what differs from Istio's defaults, as YAML
	Namespaces []string `json:"namespaces"` // where proxies may come from
}

// loopback vouches for every proxy, since proxies of a test have no certificate; without an identity a proxy
// gets no Secret.
type loopback struct{ identities []string }

func (l loopback) AuthenticatorType() string { return "loopback" }

func (l loopback) Authenticate(security.AuthContext) (*security.Caller, error) {
	return &security.Caller{Identities: l.identities}, nil
}

// start runs the discovery server until stop is closed and reports its address, or why there is none.
func start(w world, stop <-chan struct{}) (string, error) {
	meshConfig, err := mesh.ApplyMeshConfigDefaults(w.MeshConfig)
	if err != nil {
		return "", fmt.Errorf("mesh config: %w", err)
	}
	configs, unknown, err := crd.ParseInputs(w.Istio)
	if err != nil {
		return "", fmt.Errorf("istio objects: %w", err)
	}
	if len(unknown) > 0 {
		return "", fmt.Errorf("%s is no kind that istiod reads", unknown[0].Kind)
	}
	created := time.Now()
	for i := range configs {
		// Short host names are completed with the domain, as those of a cluster's objects are.
		configs[i].Domain = "cluster.local"
		if configs[i].Namespace == "" {
			configs[i].Namespace = "default"
		}
		if configs[i].CreationTimestamp.IsZero() {
			configs[i].CreationTimestamp = created
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	caller := loopback{}
	for _, namespace := range w.Namespaces {
		caller.identities = append(caller.identities, "spiffe://cluster.local/ns/"+namespace+"/sa/default")
	}
	ready := make(chan error, 2)
	go func() {
		ready <- test.Wrap(func(t test.Failer) {
			server := discovery.NewFakeDiscoveryServer(t, discovery.FakeOptions{
				Configs:                    configs,
				KubernetesObjectString:     w.Kubernetes,
				MeshConfig:                 meshConfig,
				DisableSecretAuthorization: true,
				ListenerBuilder:            func() (net.Listener, error) { return listener, nil },
			})
			server.Discovery.Authenticators = []security.Authenticator{caller}
			ready <- nil
			<-stop
		})
	}()
	if err := <-ready; err != nil {
		listener.Close()
		return "", err
	}
	return listener.Addr().String(), nil
}

func main() {
	var lock sync.Mutex
	worlds := map[string]chan struct{}{}
	next := 0

	http.HandleFunc("POST /worlds", func(out http.ResponseWriter, in *http.Request) {
		var w world
		if err := json.NewDecoder(in.Body).Decode(&w); err != nil {
			http.Error(out, err.Error(), http.StatusBadRequest)
			return
		}
		stop := make(chan struct{})
		address, err := start(w, stop)
		if err != nil {
			http.Error(out, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		lock.Lock()
		defer lock.Unlock()
		next++
		id := fmt.Sprint(next)
		worlds[id] = stop
		_ = json.NewEncoder(out).Encode(map[string]string{"id": id, "ads": address})
	})
	http.HandleFunc("DELETE /worlds/{id}", func(out http.ResponseWriter, in *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		if stop, known := worlds[in.PathValue("id")]; known {
			close(stop)
			delete(worlds, in.PathValue("id"))
		}
		out.WriteHeader(http.StatusNoContent)
	})

	http.HandleFunc("GET /certificate", func(out http.ResponseWriter, _ *http.Request) {
		certificate, key, err := pki.GenCertKeyFromOptions(pki.CertOptions{
			Host: "localhost", TTL: 24 * time.Hour, IsSelfSigned: true, IsServer: true, ECSigAlg: pki.EcdsaSigAlg,
		})
		if err != nil {
			http.Error(out, err.Error(), http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(out).Encode(map[string][]byte{"certificate": certificate, "key": key})
	})

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("{\"control\":\"http://%s\"}\n", listener.Addr())
	fmt.Fprintln(os.Stderr, http.Serve(listener, nil))
	os.Exit(1)
}
