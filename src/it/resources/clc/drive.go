// What somebody writes who has a server patched with CenturyLink's Go SDK, one step for each argument after the
// server's id. It prints a line for everything that it is told.
//
//	drive SERVER [login | discover | get | startMaintenance | patch | reboot | stopMaintenance | unknown]...
//
// The address and the account come from the SDK's own variables: CLC_BASE_URL, CLC_USERNAME, CLC_PASSWORD, CLC_ALIAS.
package main

import (
	"fmt"
	"os"
	"time"

	clc "github.com/CenturyLinkCloud/clc-sdk"
	"github.com/CenturyLinkCloud/clc-sdk/api"
	"github.com/CenturyLinkCloud/clc-sdk/server"
	"github.com/CenturyLinkCloud/clc-sdk/status"
)

const (
	yumUpdate = "c3c6642e-24e1-4c37-b56a-1cf1476ee360"
	unknown   = "WA1NOSUCHSERV01"
)

func main() {
	config, err := api.EnvConfig()
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	client := clc.New(config)
	client.Status.PollInterval = 100 * time.Millisecond
	if err := client.Authenticate(); err != nil {
		fmt.Println("login:", err)
		os.Exit(1)
	}
	fmt.Println("login: welcome")
	for _, step := range os.Args[2:] {
		take(client, step, os.Args[1])
	}
}

func take(client *clc.Client, step, name string) {
	switch step {
	case "login":
	case "discover":
		discover(client)
	case "get":
		found, err := client.Server.Get(name)
		fmt.Println("get:", found.ID, found.Name, "|", found.OStype, "|", found.Status, found.Details.Powerstate,
			found.Details.InMaintenanceMode, err)
	case "startMaintenance":
		await(client, step)(client.Server.PowerState(server.StartMaintenance, name))
	case "patch":
		// The SDK sends null when there are no parameters.
		await(client, step)(client.Server.ExecutePackage(server.Package{ID: yumUpdate}, name, name, unknown))
	case "reboot":
		await(client, step)(client.Server.PowerState(server.Reboot, name))
	case "stopMaintenance":
		await(client, step)(client.Server.PowerState(server.StopMaintenance, name))
	case "unknown":
		_, err := client.Server.Get(unknown)
		fmt.Println("unknown:", err)
	default:
		fmt.Println("there is no step", step)
		os.Exit(2)
	}
}

// Goes from the account to its servers by the links alone.
func discover(client *clc.Client) {
	centers, err := client.DC.GetAll()
	if err != nil {
		fmt.Println("discover:", err)
		return
	}
	for _, center := range centers {
		linked, err := client.DC.Get(center.ID)
		if err != nil {
			fmt.Println("discover:", err)
			return
		}
		if found, link := linked.Links.GetLink("group"); found {
			descend(client, center.ID, link.ID)
		}
	}
}

func descend(client *clc.Client, center, id string) {
	group, err := client.Group.Get(id)
	if err != nil {
		fmt.Println("discover:", err)
		return
	}
	for _, id := range group.Servers() {
		found, err := client.Server.Get(id)
		fmt.Println("discover:", center, "/", group.Name, "/", found.Name, err)
	}
	for _, below := range group.Groups {
		descend(client, center, below.ID)
	}
}

func await(client *clc.Client, what string) func([]*status.QueuedResponse, error) {
	return func(answers []*status.QueuedResponse, err error) {
		if err != nil {
			fmt.Println(what+":", err)
			return
		}
		for _, answer := range answers {
			queued, id := answer.GetStatusID()
			if !queued {
				fmt.Println(what+":", answer.Server, "refused:", answer.Error)
				continue
			}
			fmt.Println(what+":", answer.Server, "queued as", id)
			ended := make(chan *status.Response, 1)
			if err := client.Status.Poll(id, ended); err != nil {
				fmt.Println(what+":", id, err)
				continue
			}
			fmt.Println(what+":", answer.Server, (<-ended).Status)
		}
	}
}
