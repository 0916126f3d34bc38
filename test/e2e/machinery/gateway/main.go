// Stands in for the far end of Session Manager: AWS's message gateway and the agent on an instance, in one program. It speaks
// the messages and the multiplexing of AWS's own plugin, whose packages it is built from, and forwards to one address.
//
//	gateway HOST:PORT    prints the URL for a data channel, and one line for each session that begins and ends
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/aws/session-manager-plugin/src/log"
	"github.com/aws/session-manager-plugin/src/message"
	"github.com/gorilla/websocket"
	"github.com/twinj/uuid"
	"github.com/xtaci/smux"
)

const token = "secret-token"

var quiet = log.NewMockLog()

type channel struct {
	socket *websocket.Conn
	lock   sync.Mutex
	next   int64
}

func (c *channel) send(raw []byte) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.socket.WriteMessage(websocket.BinaryMessage, raw)
}

// output sends what an agent says, numbered in order.
func (c *channel) output(kind message.PayloadType, payload []byte) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	said := message.ClientMessage{
		MessageType: message.OutputStreamMessage, SchemaVersion: 1, CreatedDate: uint64(time.Now().UnixMilli()),
		SequenceNumber: c.next, MessageId: uuid.NewV4(), PayloadType: uint32(kind), Payload: payload,
	}
	c.next++
	raw, err := said.SerializeClientMessage(quiet)
	if err != nil {
		return err
	}
	return c.socket.WriteMessage(websocket.BinaryMessage, raw)
}

func (c *channel) acknowledge(m message.ClientMessage) error {
	raw, err := message.SerializeClientMessageWithAcknowledgeContent(quiet, message.AcknowledgeContent{
		MessageType: m.MessageType, MessageId: m.MessageId.String(), SequenceNumber: m.SequenceNumber, IsSequentialMessage: true,
	})
	if err != nil {
		return err
	}
	return c.send(raw)
}

func (c *channel) shakeHands() error {
	properties := map[string]string{"type": "LocalPortForwarding", "portNumber": "443", "localPortNumber": "0"}
	parameters, _ := json.Marshal(message.SessionTypeRequest{SessionType: "Port", Properties: properties})
	request, _ := json.Marshal(message.HandshakeRequestPayload{
		AgentVersion:           "3.3.2299.0",
		RequestedClientActions: []message.RequestedClientAction{{ActionType: message.SessionType, ActionParameters: parameters}},
	})
	return c.output(message.HandshakeRequestPayloadType, request)
}

// serve is one session: the gateway's opening, the agent's handshake, then multiplexed connections until either end goes.
func serve(socket *websocket.Conn, forwardTo string) error {
	var opening struct{ TokenValue string }
	if err := socket.ReadJSON(&opening); err != nil {
		return err
	}
	if opening.TokenValue != token {
		return fmt.Errorf("a token that nobody gave out")
	}
	c := &channel{socket: socket}
	agent, far := net.Pipe()
	defer agent.Close()
	config := smux.DefaultConfig()
	config.KeepAliveDisabled = true
	connections, err := smux.Server(far, config)
	if err != nil {
		return err
	}
	defer connections.Close()
	go accept(connections, forwardTo)
	go func() {
		buffer := make([]byte, 1024)
		for {
			n, err := agent.Read(buffer)
			if err != nil || c.output(message.Output, append([]byte{}, buffer[:n]...)) != nil {
				return
			}
		}
	}()
	if err := c.shakeHands(); err != nil {
		return err
	}
	for expected := int64(0); ; {
		_, raw, err := socket.ReadMessage()
		if err != nil {
			return err
		}
		var m message.ClientMessage
		if err := m.DeserializeClientMessage(quiet, raw); err != nil {
			return err
		}
		if m.MessageType != message.InputStreamMessage {
			continue
		}
		if err := c.acknowledge(m); err != nil {
			return err
		}
		if m.SequenceNumber != expected { // sent again because an acknowledgement was late
			continue
		}
		expected++
		switch message.PayloadType(m.PayloadType) {
		case message.HandshakeResponsePayloadType:
			complete, _ := json.Marshal(message.HandshakeCompletePayload{HandshakeTimeToComplete: time.Millisecond})
			err = c.output(message.HandshakeCompletePayloadType, complete)
		case message.Output:
			_, err = agent.Write(m.Payload)
		case message.Flag: // the plugin ends its session
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func accept(connections *smux.Session, forwardTo string) {
	for {
		stream, err := connections.AcceptStream()
		if err != nil {
			return
		}
		go func() {
			defer stream.Close()
			server, err := net.Dial("tcp", forwardTo)
			if err != nil {
				return
			}
			defer server.Close()
			go func() { _, _ = io.Copy(server, stream); server.Close() }()
			_, _ = io.Copy(stream, server)
		}()
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil || len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gateway HOST:PORT", err)
		os.Exit(2)
	}
	uuid.SwitchFormat(uuid.CleanHyphen)
	fmt.Printf("ws://%s/v1/data-channel/standin\n", listener.Addr())
	upgrader := websocket.Upgrader{}
	_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer socket.Close()
		fmt.Println("session begins")
		if err := serve(socket, os.Args[1]); err != nil {
			fmt.Println("session breaks:", err)
			return
		}
		fmt.Println("session ends")
	}))
}
